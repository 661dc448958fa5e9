import { CompiledQuery, createQueryId, type RootOperationNode, sql } from 'kysely';
import { expect, test } from 'vitest';
import { listOutbox } from '../../runtime/outbound/outbox-pages.ts';
import type { Store } from '../../runtime/store/store.ts';
import type { OutboxQuery } from '../../schemas/api/outbox.ts';
import { openTempStore } from '../store/temp-store.ts';

const idOf = (number: number) => `00${String(number).padStart(24, '0')}`;

/** Mails of about the size of an answer, the newest last. */
async function fill(store: Store, count: number): Promise<void> {
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  const id = `printf('00%024d', i)`;
  for (const statement of [
    `insert into ledger (id, mailbox, folder, server_key, state, reason, attempts, size, received_at, accepted_at)
      values (1, 'box', 'INBOX', 'k', 'queued', '', 1, 1, 1, 1)`,
    `insert into interactions (id, ledger, state, queue, priority, rank, skills, subject, from_address, from_name, preview, received_at, mailbox, reason)
      values ('one', 1, 'done', 'one', 0, 1, '[]', 'Order', 'a@b', '', '', 1, 'box', '')`,
    `${numbers} insert into outbox (id, interaction, action, ordinal, kind, mailbox, outbound, to_address, thread, from_address, envelope_from,
        subject, message_id, text, raw, state, reason, attempts, created_at, queued_at)
      select ${id}, 'one', 'ack', i, 'auto-response', 'box', '', 'Vera' || i || '@shop.test', '', 'desk@demo.test', '',
        'Re: Order ' || i || ' 100%', ${id}, 'Hello', zeroblob(1500), case when i % 3 = 0 then 'failed' else 'sent' end, '', 1, i, i from n`,
  ])
    await sql.raw(statement).execute(store.write);
}

/** All pages of a list, joined, and how many they were. */
async function all(store: Store, query: OutboxQuery) {
  const found: string[] = [];
  let after: string | undefined;
  for (let pages = 1; pages < 100; pages += 1) {
    const page = await listOutbox(store.read, { ...query, limit: 20, ...(after && { after }) }, 0);
    found.push(...page.items.map(({ id }) => id));
    if (page.next === null) return { found, pages };
    after = page.next;
  }
  throw new Error('the list has no end');
}

test('a search finds a part of subject or recipient, whatever its case, and takes no sign for another', async () => {
  const store = await openTempStore();
  await fill(store, 45);

  const search = async (text: string) => (await all(store, { search: text })).found;

  expect(await search('order 7 ')).toEqual([idOf(7)]);
  expect(await search('vera12@')).toEqual([idOf(12)]);
  expect(await search('100%')).toHaveLength(45);
  for (const text of ['1%0', 'vera_2', 'Order\\', 'desk@demo.test', 'Hello']) expect(await search(text)).toEqual([]);
  expect((await all(store, { search: 'order', state: 'failed' })).found).toHaveLength(15);
  expect((await all(store, { search: 'order', interaction: 'other' })).found).toEqual([]);
});

test('no search makes a page read more than a part of the outbox; going on finds every mail', async () => {
  const store = await openTempStore();
  await fill(store, 45_000);

  const none = await all(store, { search: 'no such words' });
  const first = await all(store, { search: 'Order 1 ' });
  const failed = await all(store, { search: 'Order 3 ', state: 'failed' });

  expect(none).toEqual({ found: [], pages: 3 });
  expect(first).toEqual({ found: [idOf(1)], pages: 3 });
  expect(failed).toEqual({ found: [idOf(3)], pages: 1 });
});

test.each([
  [{ search: 'order' }, 'sqlite_autoindex_outbox_1'],
  [{ search: 'order', state: 'failed' }, 'outbox_state (state=?'],
  [{ state: 'failed' }, 'outbox_state (state=?'],
  [{ interaction: 'one', state: 'failed' }, 'sqlite_autoindex_outbox_2 (interaction=?)'],
  [{ interaction: 'one', state: 'failed', search: 'order' }, 'sqlite_autoindex_outbox_2 (interaction=?)'],
] satisfies [OutboxQuery, string][])('%j is answered by an index', async (query, index) => {
  const store = await openTempStore();

  const plans = await plansOf(store, query);

  expect(plans.length).toBeGreaterThan(0);
  for (const plan of plans) expect(plan).toContain(index);
});

/** How the database goes about each question that a page asks; first of all, where it begins. */
async function plansOf(store: Store, query: OutboxQuery): Promise<string[]> {
  const asked: RootOperationNode[] = [];
  const read = store.read.withPlugin({
    transformQuery({ node }) {
      asked.push(node);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await listOutbox(read, query, 0);
  return Promise.all(
    asked.map(async (node) => {
      const { sql: text, parameters } = store.read.getExecutor().compileQuery(node, createQueryId());
      const plan = CompiledQuery.raw(`explain query plan ${text}`, [...parameters]);
      return (await store.read.executeQuery<{ detail: string }>(plan)).rows[0]?.detail ?? '';
    }),
  );
}
