/**
 * Every list of the OpenAPI document is asked with values that nobody means: each answer is a page without rows or a problem in words, never a failure
 * of ours, and never all rows as if nothing had been asked. A list that is added is walked without a word here.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from './support/answer.ts';
import { sendMails } from './support/send-mail.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

interface List {
  path: string;
  /** Names of what its query may hold. */
  queries: string[];
}

/** What stands for an id in a path, by the name of the resource before it. */
const ids: Readonly<Record<string, string>> = { flows: 'support', mailboxes: 'receiver', queues: 'general' };

const long = 'x'.repeat(10_000);
const cursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');

/** None of them finds anything. */
const oddTexts = ['nowhere', '%00', 'a%00', '%25%00', '%25', '__', 'x%5C', '%27%20or%201=1--', '%E0%A4%A', long];
const oddValues: Readonly<Record<string, readonly string[]>> = {
  limit: ['', '0', '-1', '1001', '99999', '1.5', '1e3', 'x', 'null', '%00', '9'.repeat(400)],
  after: ['', 'garbage', '%00', long, ...[[], [{}], [null], [1, 2, 3], { id: 1 }, 'x', null].map(cursor)],
};

let http: HttpUnderTest;
let lists: List[];
beforeAll(async () => {
  http = await startHttp();
  await sendMails(http, [{ subject: 'One' }, { subject: 'Two' }]);
  await http.admin.post('/api/queues', { id: 'spare', name: 'Spare' });
  const { json: document } = await http.admin.get('/api/openapi.json');
  lists = Object.entries<Record<string, Operation>>(document.paths).flatMap(([template, { get }]) => {
    const properties = get?.responses[200]?.content?.['application/json']?.schema?.properties;
    if (get === undefined || properties?.items === undefined) return [];
    const path = template.replace(/(\w[\w-]*)\/\{\w+\}/g, (_, resource) => `${resource}/${ids[resource] ?? 'nobody'}`);
    return [{ path, queries: get.parameters.filter((each) => each.in === 'query').map(({ name }) => name) }];
  });
});
afterAll(() => http.stop());

interface Operation {
  parameters: { name: string; in: string }[];
  responses: Record<number, { content?: Record<string, { schema?: { properties?: Record<string, unknown> } }> }>;
}

/** Null where the answer is right. */
function fault(answer: Answer, rows: number): string | null {
  const { status, json } = answer;
  if (status >= 400 && status < 500) return json?.detail?.length > 10 ? null : `${status} without words`;
  if (status !== 200) return `${status} ${answer.text}`;
  return json.items.length <= rows ? null : `200 with ${json.items.length} rows`;
}

async function faults(queries: (list: List) => readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const list of lists) {
    for (const query of queries(list)) {
      const wrong = fault(await http.admin.get(`${list.path}?${query}`), 0);
      if (wrong !== null) found.push(`${list.path}?${query.slice(0, 100)}: ${wrong}`);
    }
  }
  return found;
}

test('the document has lists, some of them with queries, and there is something in them', async () => {
  const withQueries = lists.filter(({ queries }) => queries.length > 0).map(({ path }) => path);

  expect(lists.length).toBeGreaterThan(15);
  expect(withQueries).toEqual(
    expect.arrayContaining([
      '/api/audit',
      '/api/interactions',
      '/api/ledger',
      '/api/outbox',
      '/api/queues/general/interactions',
    ]),
  );
  for (const path of withQueries) expect((await http.admin.get(path)).json.items.length, path).toBeGreaterThan(0);
});

test('no value that nobody means makes a list fail or give all it has', async () => {
  const odd = ({ queries }: List) => [
    ...queries.flatMap((name) => (oddValues[name] ?? oddTexts).map((value) => `${name}=${value}`)),
    // A search goes on by a place of its own kind.
    ...(queries.includes('search') ? (oddValues.after ?? []).map((value) => `search=One&after=${value}`) : []),
  ];

  expect(await faults(odd)).toEqual([]);
});

test('a value that stands twice, or in the form of a list or object, is refused', async () => {
  const shapes = ({ queries }: List) =>
    queries.flatMap((name) => [`${name}=1&${name}=2`, `${name}[]=1`, `${name}[a]=1`, `${name}[__proto__]=1`]);

  expect(await faults(shapes)).toEqual([]);
});

test('what a list with a query does not know is refused, so that nobody takes all of it for a part', async () => {
  const unknown = ['nonsense=1', 'constructor=1', '__proto__=1', 'limit=0&nonsense=', long];

  expect(await faults(({ queries }) => (queries.length > 0 ? unknown : []))).toEqual([]);
});
