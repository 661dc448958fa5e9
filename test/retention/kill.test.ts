import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openReadOnly } from '../../runtime/store/read-only.ts';
import { openStore } from '../../runtime/store/store.ts';
import { beginning } from '../intake/stored-interactions.ts';
import { openTempStore, tempDatabase } from '../store/temp-store.ts';
import { until } from '../support/until.ts';
import { day, retentionOf } from './retention-rooms.ts';

const count = 6_000;
const now = beginning + 400 * day;

async function filledStore(): Promise<string> {
  const file = tempDatabase();
  const store = await openStore(file);
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  const id = `printf('01H%023d', i)`;
  for (const statement of [
    `${numbers} insert into ledger (id, mailbox, folder, server_key, state, reason, attempts, size, received_at, accepted_at, settled_at, interaction)
      select i, 'box', 'INBOX', 'k' || i, 'queued', '', 1, 1, ${beginning}, ${beginning}, ${beginning}, ${id} from n`,
    `${numbers} insert into raw_mails (ledger, bytes) select i, zeroblob(3000) from n`,
    `${numbers} insert into interactions (id, ledger, state, priority, rank, skills, subject, from_address, from_name, preview, received_at, mailbox, reason)
      select ${id}, i, case when i % 10 = 0 then 'queued' else 'done' end, 0, 0, '[]', 'Order ' || i, 'a@b', '', '', ${beginning}, 'box', '' from n`,
    `${numbers} insert into interaction_details (interaction, email, run) select ${id}, '{}', '{}' from n`,
  ]) {
    await sql.raw(statement).execute(store.write);
  }
  await store.close();
  return file;
}

test('a run that is killed again and again goes on where it was, leaves no mail half removed, and counts each once', async () => {
  const file = await filledStore();
  const read = openReadOnly(file);
  onTestFinished(() => read.destroy());
  const gone = async () =>
    Number(
      (await sql<{ n: number }>`select count(*) as n from ledger where removed is not null`.execute(read)).rows[0]?.n,
    );
  const kills: number[] = [];

  for (let round = 0; round < 4; round += 1) {
    const before = await gone();
    const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-child.ts'), file, String(now)], {
      stdio: 'inherit',
    });
    const ended = new Promise((done) => child.once('close', done));
    await until('some more are removed', async () => (await gone()) > before, 30_000, 1);
    child.kill('SIGKILL');
    await ended;
    kills.push(await gone());
  }
  const store = await openTempStore(file);
  const { retention, setRules } = retentionOf(store, now);
  setRules({ mails: 30 });
  await retention.start();
  await retention.runDue();
  const { runs } = await retention.view();

  expect(kills[0]).toBeLessThan(count * 0.9);
  expect(runs).toMatchObject([{ state: 'done', cause: 'by-hand', removed: { mails: count * 0.9 } }]);
  const half = sql<{ id: number }>`
    select ledger.id from ledger left join interactions on interactions.ledger = ledger.id
    left join raw_mails on raw_mails.ledger = ledger.id
    left join interaction_details as details on details.interaction = interactions.id
    where (ledger.removed is null) + (interactions.id is not null) + (raw_mails.ledger is not null) + (details.email is not null) not in (0, 4)
      or (ledger.removed is null) <> (ledger.id % 10 = 0)
  `;
  expect((await half.execute(store.read)).rows).toEqual([]);
  expect((await sql`pragma integrity_check`.execute(store.read)).rows).toEqual([{ integrity_check: 'ok' }]);
}, 60_000);
