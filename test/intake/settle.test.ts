import { expect, test } from 'vitest';
import { createAccept } from '../../runtime/intake/accept.ts';
import { createSettle } from '../../runtime/intake/settle.ts';
import { quarantined } from '../../runtime/intake/settlement.ts';
import { firstSettings } from '../../runtime/settings/first-settings.ts';
import { createWriter } from '../../runtime/store/writer.ts';
import { createWritings } from '../../runtime/writings.ts';
import { openTempStore } from '../store/temp-store.ts';
import { mail } from './rooms.ts';

test('a mail that is settled already is not settled again, whatever the second settlement says', async () => {
  const store = await openTempStore();
  const settings = firstSettings();
  const [mailbox] = settings.mailboxes;
  if (mailbox === undefined) throw new Error('the first settings hold the receiver');
  const deps = { settings: { read: () => settings, sign: () => '' }, clock: { now: Date.now } };
  const write = createWriter(store, createWritings(deps));
  const settle = createSettle({ write, ...deps, bytesOf: async () => new Uint8Array() });
  const [entry] = await createAccept({ write, clock: deps.clock })(mailbox, [mail(1)]);
  if (entry === undefined) throw new Error('the mail is new');
  const settlement = quarantined('first');

  const results = await Promise.all(
    [settlement, { ...settlement, reason: 'second' }].map((each) =>
      settle(entry, [{ interaction: entry.interaction, settlement: each }]),
    ),
  );

  expect(results).toEqual([true, false]);
  const rows = await store.read.selectFrom('interactions').select(['id', 'state', 'reason']).execute();
  expect(rows).toEqual([{ id: entry.interaction, state: 'quarantined', reason: 'first' }]);
});
