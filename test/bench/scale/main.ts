/**
 * `npm run bench:scale`: what lists and intake cost with a store of a thousand, ten thousand, a hundred thousand and a million interactions.
 * `-- 1000 10000` measures these sizes alone.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { makeMail } from '../../support/mails.ts';
import { type Server, startServer } from '../../support/start-server.ts';
import { until } from '../../support/until.ts';
import { settled } from '../mailbox.ts';
import { percentile, residentMemory } from '../process.ts';
import { desk, fill } from './fill.ts';

const given = process.argv.slice(2).map(Number).filter(Number.isInteger);
const sizes = given.length > 0 ? given : [1_000, 10_000, 100_000, 1_000_000];
const turns = 20;
const mails = 300;

/** What pages ask for, by name. `middle` is the id of an interaction in the middle. */
const pages: readonly [string, (middle: string) => string][] = [
  ['Interactions', () => '/api/interactions?limit=50'],
  ['Interactions, those that wait', () => '/api/interactions?limit=50&state=queued'],
  ['Interactions of a queue', () => `/api/interactions?limit=50&queue=${desk.queue}`],
  ['Interactions of a mailbox', () => `/api/interactions?limit=50&mailbox=${desk.mailbox}`],
  ['Interactions of a mailbox without any', () => '/api/interactions?limit=50&mailbox=none-such'],
  ['Interactions, searched, found', () => '/api/interactions?limit=50&search=not%20arrived'],
  ['Interactions, searched, nothing found', () => '/api/interactions?limit=50&search=no-such-words'],
  ['Interactions, searched, letters that stand apart', () => '/api/interactions?limit=50&search=Order%20Order'],
  ['Interactions, searched, two letters, nothing found', () => '/api/interactions?limit=50&search=%C3%A9%C3%A9'],
  [
    'Interactions, searched in a mailbox without any',
    () => '/api/interactions?limit=50&search=arrived&mailbox=none-such',
  ],
  [
    'Interactions of a mailbox and a state, none',
    () => `/api/interactions?limit=50&mailbox=${desk.mailbox}&state=skipped`,
  ],
  [
    'Interactions of a mailbox, queue and state, none',
    () => `/api/interactions?limit=50&mailbox=${desk.mailbox}&queue=${desk.queue}&state=disconnected&search=none`,
  ],
  ['Interactions of a queue without any', () => '/api/interactions?limit=50&queue=none-such'],
  ['Interactions, last page', () => `/api/interactions?limit=50&after=${after(`00${'0'.repeat(22)}40`)}`],
  [
    'Interactions, last page of a mailbox',
    () => `/api/interactions?limit=50&mailbox=${desk.mailbox}&after=${after(`00${'0'.repeat(22)}40`)}`,
  ],
  ['Quarantine', () => '/api/interactions?limit=50&state=quarantined'],
  ['Conversation', (middle) => `/api/interactions/${middle}/conversation`],
  ['One interaction', (middle) => `/api/interactions/${middle}`],
  ['Queues', () => '/api/queues'],
  ['Mails of a queue', () => `/api/queues/${desk.queue}/interactions?limit=50`],
  ['Outbox, counts', () => '/api/outbox/counts'],
  ['Outbox of one interaction', (middle) => `/api/outbox?limit=50&interaction=${middle}`],
  ['Traffic', () => '/api/flows/support/traffic?version=1&window=week'],
  ['Outbox', () => '/api/outbox?limit=50'],
  ['Outbox, failed', () => '/api/outbox?limit=50&state=failed'],
  ['Outbox, searched, nothing found', () => '/api/outbox?limit=50&search=no-such-words'],
  ['Ledger', () => '/api/ledger?limit=50'],
  ['Ledger, quarantined', () => '/api/ledger?limit=50&state=quarantined'],
  ['Ledger of a mailbox without any', () => '/api/ledger?limit=50&mailbox=none-such'],
  ['Ledger of a mailbox', () => `/api/ledger?limit=50&mailbox=${desk.mailbox}`],
  ['Ledger of a mailbox and a state, none', () => `/api/ledger?limit=50&mailbox=${desk.mailbox}&state=merged`],
  ['Mailboxes', () => '/api/mailboxes'],
  ['Audit log', () => '/api/audit?limit=50'],
  ['Audit log, nothing found', () => '/api/audit?limit=50&search=no-such-words'],
];

/** The cursor behind an interaction. */
function after(id: string): string {
  return Buffer.from(JSON.stringify([id])).toString('base64url');
}

const folder = await mkdtemp(join(tmpdir(), 'sluice-scale-'));
const columns: Map<string, string>[] = [];
try {
  await withServer(async () => {});
  columns.push(await measure(0));
  for (const [index, size] of sizes.entries()) {
    const begin = performance.now();
    fill(join(folder, 'data/sluice.db'), sizes[index - 1] ?? 0, size, Date.now());
    console.error(`${size} interactions were made in ${((performance.now() - begin) / 1_000).toFixed(0)} s`);
    columns.push(await measure(size));
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
const heads = [0, ...sizes].map((size) => size.toLocaleString('en-GB'));
console.log(`| p50 / p95 of ${turns}, ms | ${heads.join(' | ')} |\n|---|${heads.map(() => '---|').join('')}`);
for (const what of columns.at(-1)?.keys() ?? []) {
  console.log(`| ${what} | ${columns.map((column) => column.get(what) ?? '').join(' | ')} |`);
}

async function withServer<T>(work: (server: Server) => Promise<T>): Promise<T> {
  const server = await startServer({ folder, env: { SLUICE_LOG: 'error' } });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function measure(size: number): Promise<Map<string, string>> {
  const column = new Map<string, string>();
  const begin = performance.now();
  await withServer(async (server) => {
    column.set('Start, s', ((performance.now() - begin) / 1_000).toFixed(1));
    const indexing = performance.now();
    await until('the search is indexed', async () => (await unindexed(server)) === 0, 1_800_000, 500);
    if (size > 0) column.set('Indexed for the search, s', ((performance.now() - indexing) / 1_000).toFixed(0));
    const middle = `00${String(Math.ceil(size / 2)).padStart(24, '0')}`;
    for (const [what, path] of pages) {
      if (size === 0 && path.length > 0) continue;
      const times: number[] = [];
      for (let turn = 0; turn < turns; turn++) {
        const before = performance.now();
        await server.api('GET', path(middle));
        times.push(performance.now() - before);
      }
      const figure = `${percentile(times, 0.5).toFixed(0)} / ${percentile(times, 0.95).toFixed(0)}`;
      column.set(what, figure);
      console.error(`${size}: ${what}: ${figure} ms`);
    }
    column.set(`${mails} mails by SMTP to settled, mails/s`, (mails / (await takeMails(server))).toFixed(0));
    column.set('Resident memory, peak, MB', (await residentMemory(server.pid)).peak.toFixed(0));
    column.set('Database, MB', ((await stat(join(folder, 'data/sluice.db'))).size / 1e6).toFixed(0));
  });
  return column;
}

async function unindexed(server: Server): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^sluice_search_unindexed_mails (\d+)$/m.exec(metrics)?.[1] ?? Number.NaN);
}

/** Seconds until so many mails that come at once are settled. */
async function takeMails(server: Server): Promise<number> {
  const before = await settled(server);
  const transport = nodemailer.createTransport({
    pool: true,
    maxConnections: 10,
    maxMessages: Number.POSITIVE_INFINITY,
    host: '127.0.0.1',
    port: server.ports.smtp,
    ignoreTLS: true,
  });
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: mails }, (_, index) => {
      const from = `new-${Date.now()}-${index}@example.test`;
      // Each names mails that are looked for among all that was ever answered, and found by none.
      const headers = { References: `<a-${index}@else.test> <b-${index}@else.test>` };
      return transport.sendMail({ envelope: { from, to: 'support@demo.test' }, raw: makeMail({ from, headers }) });
    }),
  );
  await until('all are settled', async () => (await settled(server)) >= before + mails, 120_000, 50);
  transport.close();
  return (performance.now() - begin) / 1_000;
}
