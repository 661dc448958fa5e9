import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { readReplies } from '../../runtime/answering/sent-replies.ts';
import { getInteraction, getInteractionSource } from '../../runtime/intake/interactions.ts';
import { openStore, type Store } from '../../runtime/store/store.ts';
import { type InteractionState, interactionStateSchema, outboxStates } from '../../schemas/interaction.ts';
import { keepAll } from '../../schemas/retention.ts';
import { beginning, idOf, storeMail } from '../intake/stored-interactions.ts';
import { openTempStore, tempDatabase } from '../store/temp-store.ts';
import { day, retentionOf } from './retention-rooms.ts';

const states = interactionStateSchema.anyOf.map((schema) => schema.const).filter((state) => state !== 'received');
const now = beginning + 400 * day;

async function storeAnswer(store: Store, interaction: string, state: (typeof outboxStates)[number], at: number) {
  await store.write
    .insertInto('outbox')
    .values({
      ...{ id: `${interaction.slice(0, 10)}${state.padEnd(16, '0').toUpperCase()}`, interaction, action: 'answer' },
      ...{ ordinal: 0, kind: 'auto-response', mailbox: 'box', outbound: '', to_address: 'a@b', thread: '<t@b>' },
      ...{ from_address: 'c@d', envelope_from: '', subject: 'Re', message_id: '<m@d>', text: 'Text' },
      ...{ raw: Buffer.from('Text'), state, reason: '', attempts: 1, created_at: at, queued_at: at },
      ...{ next_attempt_at: null, sent_at: state === 'sent' ? at : null },
    })
    .execute();
}

/** As if a person had written the answer. */
async function storeReply(store: Store, interaction: string) {
  await store.write.updateTable('outbox').set({ kind: 'reply' }).execute();
  await store.write
    .insertInto('replies')
    .values({
      ...{ id: 'answer', interaction, who: 'ana', who_name: 'Ana', key: 'key', from_address: 'c@d', from_chosen: null },
      ...{ to_addresses: '["a@b"]', cc_addresses: '[]', subject: 'Re', text: 'Text', quoted: 0, finished: 0 },
      ...{ created_at: beginning, held_until: beginning, taken_back_at: null },
    })
    .execute();
}

/** All that the store has of an interaction and its mail, in words that can be compared. */
async function partsOf(store: Store, id: string) {
  const rows = await sql<{ parts: string }>`
    select json_object('i', interactions.id, 'l', json_array(ledger.state, ledger.removed, ledger.interaction),
      'raw', (select count(*) from raw_mails where raw_mails.ledger = ledger.id), 'run', details.run, 'email', details.email,
      'out', (select json_group_array(json_array(state, text, removed)) from outbox where outbox.interaction = interactions.id),
      'conversation', (select conversation from conversation_links where conversation_links.interaction = interactions.id)) as parts
    from interactions join ledger on ledger.id = interactions.ledger join interaction_details as details on details.interaction = interactions.id
    where interactions.id = ${id}
  `.execute(store.read);
  return rows.rows[0]?.parts ?? null;
}

const mailArbitrary = fc.record({
  state: fc.constantFrom(...states),
  ageDays: fc.constantFrom(10, 99, 101, 300),
  finishedDays: fc.constantFrom(1, 99, 101),
  answer: fc.option(fc.record({ state: fc.constantFrom(...outboxStates), days: fc.constantFrom(5, 150) })),
  /** Joins the conversation of the mail so many before it. */
  joins: fc.option(fc.integer({ min: 1, max: 4 })),
  /** Is the second route of the mail before it. */
  isSecondRoute: fc.boolean(),
});

type Mail = typeof mailArbitrary extends fc.Arbitrary<infer M> ? M : never;

/** Nothing but its state, or that of its answer, keeps such a mail. */
const old: Mail = { state: 'done', ageDays: 300, finishedDays: 101, answer: null, joins: null, isSecondRoute: false };
const alone: [Mail[]][] = [
  ...outboxStates.map((state): [Mail[]] => [[{ ...old, answer: { state, days: 150 } }]]),
  ...states.map((state): [Mail[]] => [[{ ...old, state }]]),
];

const queued: Mail = { ...old, state: 'queued' };
/** One that is done with stays for another's sake: before it or behind it in their conversation, or by another route of the same mail. */
const together: [Mail[]][] = [
  [[old, { ...queued, joins: 1 }]],
  [[queued, { ...old, joins: 1 }]],
  [[old, { ...queued, joins: 1 }, { ...old, joins: 1 }]],
  [[old, { ...queued, isSecondRoute: true }]],
  [[queued, { ...old, isSecondRoute: true }]],
];

test('what is still open is never touched, whatever the rules; what is done with goes as a whole, and its key stays', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(mailArbitrary, { minLength: 1, maxLength: 12 }), async (mails) => {
      const store = await openStore(tempDatabase());
      try {
        const { setRules, removeNow } = retentionOf(store, now);
        const stored: { id: string; ledger: number; conversation: string; isOpen: boolean }[] = [];
        for (const [index, mail] of mails.entries()) {
          const before = stored.at(-1);
          const isSecond = mail.isSecondRoute && before !== undefined;
          const ledger = isSecond ? before.ledger : index + 1;
          const at = now - mail.ageDays * day + index;
          const finished = mail.state === 'done' ? now - Math.min(mail.finishedDays, mail.ageDays) * day : null;
          const id = await storeMail(store, {
            ...{ number: index + 1, at, ledger, state: mail.state, finished_at: finished },
            ...(isSecond && { route: `route-${index}` }),
          });
          const answerAt = now - (mail.answer?.days ?? 0) * day;
          if (mail.answer !== null) await storeAnswer(store, id, mail.answer.state, answerAt);
          const joined = mail.joins === null ? undefined : stored[index - mail.joins];
          const conversation = joined?.conversation ?? id;
          if (joined !== undefined) {
            const link = { interaction: id, conversation, how: 'references' } as const;
            await store.write.insertInto('conversation_links').values(link).execute();
          }
          const isOpenAnswer =
            mail.answer !== null &&
            (['waiting', 'sending', 'uncertain'].includes(mail.answer.state) || answerAt >= now - 100 * day);
          const isOpen =
            !['done', 'disconnected', 'skipped'].includes(mail.state) ||
            Math.min(mail.ageDays, finished === null ? 1_000 : mail.finishedDays) < 100 ||
            isOpenAnswer;
          stored.push({ id, ledger, conversation, isOpen });
        }
        const keys = async () =>
          (await store.read.selectFrom('ledger').select('server_key').orderBy('id').execute()).length;
        const before = new Map<string, string | null>();
        for (const { id } of stored) before.set(id, await partsOf(store, id));
        const keysBefore = await keys();

        setRules({ sources: 100, runs: 100, outgoing: 100 });
        await removeNow();
        const untouched = stored.filter(({ isOpen }) => isOpen);
        const afterParts = new Map<string, string | null>();
        for (const { id } of stored) afterParts.set(id, await partsOf(store, id));
        setRules({ mails: 100 });
        await removeNow();
        const again = await removeNow();

        for (const { id, ledger } of untouched) {
          const whole = JSON.parse(before.get(id) ?? 'null');
          const left = JSON.parse(afterParts.get(id) ?? 'null');
          const { out: _, ...rest } = left;
          const { out: __, ...wholeRest } = whole;
          expect(rest).toEqual(wholeRest);
          for (const [index, [state, text]] of left.out.entries()) {
            if (['waiting', 'sending', 'uncertain'].includes(state)) expect(text).toBe(whole.out[index][1]);
          }
          expect(await partsOf(store, id), `${ledger} is open and stays`).toBe(afterParts.get(id));
        }
        for (const { id, ledger, isOpen } of stored.filter((each) => !each.isOpen)) {
          const siblings = stored.filter((each) => each.ledger === ledger);
          const near = stored.filter(({ conversation }) => siblings.some((each) => each.conversation === conversation));
          const mayGo = ![...siblings, ...near].some((each) => each.isOpen) && isOpen === false;
          // A ledger row that its states put into quarantine stays with all of its mails.
          const { state } = await store.read
            .selectFrom('ledger')
            .select('state')
            .where('id', '=', ledger)
            .executeTakeFirstOrThrow();
          if (state === 'quarantined') continue;
          expect((await partsOf(store, id)) === null, `${id} is done with`).toBe(mayGo);
        }
        expect(again?.removed.mails).toBe(0);
        expect(await keys()).toBe(keysBefore);
        expect((await sql`pragma foreign_key_check`.execute(store.read)).rows).toEqual([]);
      } finally {
        await store.close();
      }
    }),
    { numRuns: 35, examples: [...alone, ...together], endOnFailure: true },
  );
}, 60_000);

test('what is gone says so where it stood, and refuses what needs it', async () => {
  const store = await openTempStore();
  const { setRules, removeNow, retention, noted } = retentionOf(store, now);
  const skipped: InteractionState = 'skipped';
  const id = await storeMail(store, { number: 1, state: skipped });
  await storeAnswer(store, id, 'failed', beginning);
  await storeReply(store, id);

  const counted = await retention.preview({ mails: null, sources: 90, runs: 90, outgoing: 90, audit: 90, history: 90 });
  const whole = await getInteraction(store.read, id);
  setRules({ sources: 90, runs: 90, outgoing: 90 });
  const run = await removeNow();
  const left = await getInteraction(store.read, id);
  const replies = await readReplies(store.read, id, now);
  const answer = await store.read.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();

  expect(counted).toEqual({ mails: 0, sources: 1, runs: 1, outgoing: 1, audit: 0, history: 0 });
  expect(run).toMatchObject({ state: 'done', cause: 'by-hand', removed: { ...counted } });
  expect(noted).toEqual([counted]);
  const removal = { at: new Date(now).toISOString(), days: 90 };
  expect(replies).toMatchObject([{ text: '', removed: removal }]);
  expect(left).toEqual({ ...whole, run: null, sourceRemoved: removal, runRemoved: removal });
  expect(answer).toMatchObject({ text: '', raw: new Uint8Array(0), subject: 'Re', thread: '<t@b>' });
  const written = await store.read.selectFrom('replies').select(['text', 'subject']).execute();
  expect(written).toEqual([{ text: '', subject: 'Re' }]);
  await expect(getInteractionSource(store.read, id)).rejects.toMatchObject({ code: 'source-removed', status: 410 });
});

test('a rule holds from the night after it was made; a missed night is made up for; every run is counted', async () => {
  const store = await openTempStore();
  const { setRules, retention, clock } = retentionOf(store, now);
  const at = (text: string, days = 0) => {
    const moment = new Date(now + days * day);
    const [hours = 0, minutes = 0] = text.split(':').map(Number);
    return moment.setHours(hours, minutes, 0, 0);
  };
  const runs = async () => (await retention.view()).runs.length;
  for (let number = 1; number <= 450; number += 1) await storeMail(store, { number });
  await store.write.updateTable('interactions').set({ state: 'queued' }).where('ledger', '=', 7).execute();

  clock.at = at('12:00');
  await retention.runDue();
  const none = await runs();
  setRules({ mails: 30 }, clock.at);
  clock.at = at('23:59');
  await retention.runDue();
  const sameDay = await runs();
  clock.at = at('02:31', 1);
  await retention.runDue();
  const [first] = (await retention.view()).runs;
  clock.at = at('12:00', 1);
  await retention.runDue();
  const once = await runs();
  clock.at = at('09:00', 3);
  await retention.runDue();
  const late = await runs();

  expect([none, sameDay, once, late]).toEqual([0, 0, 1, 2]);
  expect(first).toMatchObject({ cause: 'nightly', state: 'done', removed: { mails: 449 } });
  expect(await store.read.selectFrom('interactions').select('id').execute()).toEqual([{ id: idOf(7) }]);
  const audit = await store.read.selectFrom('ledger').select('removed').where('id', '=', 3).executeTakeFirst();
  expect(JSON.parse(audit?.removed ?? '')).toMatchObject({ days: 30 });
});

test('where the clock jumps, that night removes nothing and says why; the next one counts, and a wrong future blocks none', async () => {
  const store = await openTempStore();
  // A minute after the time at which the nights are due.
  const night = (days: number) => new Date(now + days * day).setHours(2, 31, 0, 0);
  const start = () => {
    const started = retentionOf(store, now);
    started.setRules({ mails: 30 }, night(0));
    return started;
  };
  let { retention, clock } = start();
  const storeYoung = (number: number, days: number) => storeMail(store, { number, at: night(days) - 20 * day });
  const runAt = async (...days: number[]) => {
    for (const each of days) {
      clock.at = night(each);
      await retention.runDue();
    }
    const { runs } = await retention.view();
    return runs.map(({ state, removed }) => `${state} ${removed.mails}`).reverse();
  };
  await storeYoung(1, 0);

  const ahead = await runAt(1, 1_000, 1_000);
  const { error } = (await retention.view()).runs[0] ?? {};
  ({ retention, clock } = start());
  const right = await runAt(2);
  const aheadAgain = await runAt(1_001);
  const later = await runAt(3, 13);
  await storeYoung(2, 3);
  const afterWeeks = await runAt(34, 35);
  // Begun by hand under a wrong clock, killed, and gone on with under the right one.
  await storeYoung(3, 36);
  const killed = { id: 'killed', cause: 'by-hand', state: 'running', started_at: night(900), ended_at: null } as const;
  const agreed = { rules: JSON.stringify({ ...keepAll(), mails: 30 }), removed: '{}', error: '' };
  await store.write
    .insertInto('retention_runs')
    .values({ ...killed, ...agreed })
    .execute();
  clock.at = night(36);
  await retention.start();
  const resumed = await runAt(36, 36);

  expect(ahead).toEqual(['done 0', 'skipped 0']);
  expect(error).toMatch(/^The clock jumped: it is 999 days since .* Nothing was removed tonight; the next night/);
  expect(right).toEqual([...ahead, 'done 0']);
  expect(aheadAgain).toEqual([...right, 'skipped 0']);
  expect(later).toEqual([...aheadAgain, 'done 0', 'skipped 0']);
  expect(afterWeeks).toEqual([...later, 'skipped 0', 'done 2']);
  expect(resumed).toEqual([...afterWeeks, 'done 0', 'done 0']);
  expect(await store.read.selectFrom('interactions').select('ledger').execute()).toEqual([{ ledger: 3 }]);
});
