import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listInteractions } from '../../runtime/intake/interactions.ts';
import { createSearchIndex, unindexedMails } from '../../runtime/intake/search-index.ts';
import type { Store } from '../../runtime/store/store.ts';
import type { InteractionsQuery } from '../../schemas/api/interactions.ts';
import { openTempStore } from '../store/temp-store.ts';
import { storeMail } from './stored-interactions.ts';

const log = { info() {}, error() {} };

/** All pages of a list, joined; each holds no more than it was asked for. */
async function all(store: Store, query: InteractionsQuery, limit = 20) {
  const found: string[] = [];
  let after: string | undefined;
  let pages = 0;
  for (; pages < 500; pages += 1) {
    const page = await listInteractions(store.read, { ...query, limit, ...(after && { after }) });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items.map(({ id }) => id));
    if (page.next === null) break;
    after = page.next;
  }
  return { found, pages: pages + 1 };
}

/** Words of few letters, so that many mails hold a part of many others. */
function subjectOf(number: number): string {
  const letters = ['a', 'b', 'Å', '注', '"', ' ', '%', '_', '\\', 'A', '*'];
  let rest = number * 2_654_435_761;
  return Array.from({ length: 3 + (number % 9) }, () => {
    rest = Math.floor(rest / 3) + number + 7;
    return letters[rest % letters.length];
  }).join('');
}

test('a search finds the same whether mails are indexed, not yet, late, or changed, and page by page', async () => {
  const store = await openTempStore();
  const subjects = new Map<string, string>();
  const put = async (number: number, more: { ledger?: number; route?: string; queue?: string } = {}) => {
    const subject = subjectOf(more.ledger ?? number);
    subjects.set(await storeMail(store, { number, subject, from_address: 'x@y', ...more }), subject);
  };
  const texts = [
    'ab',
    'aba',
    'bab',
    'Aba',
    'abab',
    '注Å',
    'b注',
    '"a',
    'a"b',
    '%',
    '_',
    '\\a',
    '* a',
    'no such',
    'x@y',
  ];
  const folded = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const check = async (moment: string) => {
    for (const search of texts) {
      const expected = [...subjects]
        .filter(([, subject]) =>
          folded(`${subject}\nx@y`)
            .split('\n')
            .some((part) => part.includes(folded(search))),
        )
        .map(([id]) => id);
      const { found } = await all(store, { search });
      expect(new Set(found), `${moment}: ${search}`).toEqual(new Set(expected));
      expect(found.length, `${moment}: ${search}, none twice`).toBe(expected.length);
    }
  };
  const index = createSearchIndex({ store, log, restFactors: { busy: 0, quiet: 0 } });

  for (let number = 1; number <= 250; number += 1) if (number % 50 !== 0) await put(number);
  await check('not indexed');
  await index.catchUp();
  await check('indexed');
  expect(await unindexedMails(store.read)).toBe(0);
  for (let number = 251; number <= 300; number += 1) await put(number);
  await put(1_000, { ledger: 260, route: 'other', queue: 'other' });
  for (let number = 50; number <= 250; number += 50) await put(number);
  await check('some late');
  const [changed = ''] = [...subjects.keys()];
  await store.write.updateTable('interactions').set({ subject: 'no such words' }).where('id', '=', changed).execute();
  subjects.set(changed, 'no such words');
  await check('one changed');
  await index.catchUp();
  await check('all indexed');

  const both = await all(store, { search: 'x@y', queue: 'other' });
  expect(both.found).toHaveLength(1);
  expect(await store.read.selectFrom('search_again').selectAll().execute()).toEqual([]);
});

test('no filters together make a page read more than a part of all mails; going on finds every one', async () => {
  const store = await openTempStore();
  const count = 45_000;
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  const id = `printf('00%024d', i)`;
  for (const statement of [
    `${numbers} insert into ledger (id, mailbox, folder, server_key, state, reason, attempts, size, received_at, accepted_at, interaction)
      select i, 'box', 'INBOX', 'k' || i, 'queued', '', 1, 1, i, i, ${id} from n`,
    `${numbers} insert into interactions (id, ledger, state, queue, priority, rank, skills, subject, from_address, from_name, preview, received_at, mailbox, reason)
      select ${id}, i, case when i > 5 then 'done' else 'disconnected' end, case when i % 2 then 'one' else 'two' end, 0, i, '[]', 'Order ' || i || ' Ord', 'a@b', '', '', i,
        case when i % 20000 = 3 or i > 1000 then 'box' else 'rare' end, '' from n`,
  ]) {
    await sql.raw(statement).execute(store.write);
  }
  await createSearchIndex({ store, log, restFactors: { busy: 0, quiet: 0 } }).catchUp();

  const rare = await all(store, { mailbox: 'box', state: 'disconnected' });
  const third = await all(store, { mailbox: 'rare', queue: 'one', state: 'disconnected' });
  const apart = await all(store, { search: 'Ord Order' });
  const short = await all(store, { search: 'éé' });
  const last = await all(store, { search: ' 7 ' });

  expect(rare.found).toEqual([`00${'3'.padStart(24, '0')}`]);
  expect(rare.pages).toBe(1);
  expect(third.found).toHaveLength(2);
  expect(third.pages).toBe(1);
  expect(apart).toEqual({ found: [], pages: 6 });
  expect(short).toEqual({ found: [], pages: 3 });
  expect(last).toEqual({ found: [`00${'7'.padStart(24, '0')}`], pages: 1 });
});
