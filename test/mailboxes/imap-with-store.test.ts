import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withPassword } from '../../runtime/authorisations/credentials.ts';
import { createAccept } from '../../runtime/intake/accept.ts';
import { createAcceptWriting } from '../../runtime/intake/accept-writing.ts';
import { createImapSource } from '../../runtime/mailboxes/imap.ts';
import type { Source, SourceContext } from '../../runtime/mailboxes/source.ts';
import { openStore, type Store } from '../../runtime/store/store.ts';
import { createWriter } from '../../runtime/store/writer.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { until } from '../support/until.ts';
import { imapMailbox, quick } from './far-end.ts';
import { createSourceServices } from './source-services.ts';

let folder: string;
let dovecot: Dovecot;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-store-'));
  dovecot = await startDovecot();
  store = await openStore(join(folder, 'sluice.db'));
});
afterEach(async () => {
  await store.close();
  await dovecot.stop();
  await rm(folder, { recursive: true });
});

/** A source on the real store; `afterCommits` counts down to the moment when the process "dies": commits are durable, nobody hears of them. */
function createSource(afterCommits = Number.POSITIVE_INFINITY): {
  source: Source;
  connected: () => boolean;
  dead: () => boolean;
} {
  const mailbox = imapMailbox(dovecot, 'anna');
  const accept = createAccept({
    write: createWriter(store, { writings: { accept: createAcceptWriting() }, beforeCommit: async () => {} }),
    clock: Date,
  });
  let commits = 0;
  let connected = false;
  const context: SourceContext = {
    mailbox,
    credentials: withPassword('anna', dovecot.password),
    async accept(mails, cursor) {
      if (commits >= afterCommits) throw new Error('this process is dead');
      await accept(mailbox, mails, cursor);
      commits += 1;
      if (commits >= afterCommits) throw new Error('this process has just died');
    },
    async loadCursor(path) {
      const row = await store.read.selectFrom('cursors').select('value').where('folder', '=', path).executeTakeFirst();
      return row?.value;
    },
    services: createSourceServices(),
    report({ state, lastSuccessAt }) {
      connected = state === 'connected' && lastSuccessAt !== undefined;
    },
    log: { info: () => {}, warn: () => {} },
  };
  return { source: createImapSource(context, quick), connected: () => connected, dead: () => commits >= afterCommits };
}

const ledger = () => store.read.selectFrom('ledger').select(['server_key', 'size', 'state']).orderBy('id').execute();

test('a process that dies in the middle of a backlog leaves exactly one ledger row for every mail', async () => {
  const first = createSource();
  first.source.start();
  await until('connected', first.connected);
  await first.source.stop();
  await dovecot.fill(
    'anna',
    Array.from({ length: 900 }, () => makeMail()),
  );

  const dying = createSource(2);
  dying.source.start();
  await until('dead', dying.dead);
  await dying.source.stop();
  const halfway = (await ledger()).length;
  const second = createSource();
  second.source.start();
  await until('everything taken', async () => (await ledger()).length === 900);
  await second.source.stop();

  const rows = await ledger();
  expect(halfway).toBeGreaterThan(0);
  expect(halfway).toBeLessThan(900);
  expect(new Set(rows.map((row) => row.server_key)).size).toBe(900);
  expect(rows.every(({ size }) => size > 1_000)).toBe(true);
});
