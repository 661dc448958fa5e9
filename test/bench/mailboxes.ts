/**
 * `npm run bench:mailboxes`: many mailboxes on one server process against a real Dovecot, over TLS. Prints how many connections they hold, what
 * memory one costs, and how long a mail waits at worst: with IDLE, and where the server has none and the poll alone finds it.
 * `npm run bench:mailboxes -- 50` takes so many.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { percentile, residentMemory } from './process.ts';

const count = Number(process.argv[2] ?? 200);
/** The least that a mailbox may be set to; providers throttle harder pollers. */
const pollSeconds = 30;
const watched = Number(await readFile('/proc/sys/fs/inotify/max_user_instances', 'utf8'));
const loadBefore = loadavg()[0] ?? 0;

interface Measured {
  /** From the first mailbox that is added until the last one is connected. */
  connectSeconds: number;
  connections: number;
  restMb: number;
  connectedMb: number;
  /** From delivery to the interaction in its queue, milliseconds, one for each mailbox. */
  pickUp: number[];
}

const withIdle = await measure('works');
const byPoll = await measure('hidden');

const kb = ((withIdle.connectedMb - withIdle.restMb) * 1_000) / count;
const ms = (value: number): string => `${Math.round(value)} ms`;
const s = (value: number): string => `${(value / 1_000).toFixed(1)} s`;
const rows = [
  ['Mailboxes on one process', String(count)],
  ['All connected after', `${withIdle.connectSeconds.toFixed(1)} s`],
  ['Connections to the mail server', String(withIdle.connections)],
  [
    'Resident memory before / with all of them',
    `${Math.round(withIdle.restMb)} / ${Math.round(withIdle.connectedMb)} MB`,
  ],
  ['Memory per mailbox', `${Math.round(kb)} kB`],
  [
    'Delivery to queue with IDLE, p50 / p99 / worst',
    `${ms(percentile(withIdle.pickUp, 0.5))} / ${ms(percentile(withIdle.pickUp, 0.99))} / ${ms(Math.max(...withIdle.pickUp))}`,
  ],
  [
    `The same by poll every ${pollSeconds} s, all at once, p50 / worst`,
    `${s(percentile(byPoll.pickUp, 0.5))} / ${s(Math.max(...byPoll.pickUp))}`,
  ],
];
console.log(
  `\nMeasured ${new Date().toISOString().slice(0, 10)} on ${availableParallelism()} cores (${cpus()[0]?.model.trim()}); load of the machine before: ${loadBefore.toFixed(1)}.\n`,
);
if (watched < count) {
  console.log(
    `Dovecot can watch ${watched} mailboxes on this machine (fs.inotify.max_user_instances); of the others IDLE tells nothing, and the poll finds their mail.\n`,
  );
}
console.log('| what | figure |\n|---|---|');
for (const [what, figure] of rows) console.log(`| ${what} | ${figure} |`);

async function measure(idle: 'works' | 'hidden'): Promise<Measured> {
  const dovecot = await startDovecot({ idle, clients: count * 3 });
  const server = await startServer({ env: { SLUICE_LOG: 'warn' } });
  try {
    await sleep(2_000);
    const { now: restMb } = await residentMemory(server.pid);
    const begin = performance.now();
    for (let index = 0; index < count; index += 1) await add(server, dovecot, index);
    await until('all are connected', () => areConnected(server), 120_000, 250);
    const connectSeconds = (performance.now() - begin) / 1_000;
    // What connecting left behind is collected when it is needed; a minute later is what a server holds.
    await sleep(5_000);
    const { now: connectedMb } = await residentMemory(server.pid);
    const connections = await dovecot.sessions();
    const pickUp = idle === 'works' ? await oneByOne(server, dovecot) : await allAtOnce(server, dovecot);
    return { connectSeconds, connections, restMb, connectedMb, pickUp };
  } finally {
    await server.stop();
    await dovecot.stop();
  }
}

async function add(server: Server, dovecot: Dovecot, index: number): Promise<void> {
  await server.api('POST', '/api/mailboxes', {
    name: `box-${index}`,
    type: 'imap',
    address: addressOf(index),
    host: dovecot.host,
    port: dovecot.ports.imaps,
    security: 'tls',
    ca: dovecot.ca,
    username: addressOf(index),
    password: dovecot.password,
    pollSeconds,
    flow: 'support',
  });
}

function addressOf(index: number): string {
  return `box-${index}@demo.test`;
}

async function areConnected(server: Server): Promise<boolean> {
  interface View {
    type: string;
    status: { state: string; lastSuccessAt?: string };
  }
  const { items } = await server.api<{ items: View[] }>('GET', '/api/mailboxes');
  const fetched = items.filter(({ type }) => type === 'imap');
  return (
    fetched.length === count &&
    fetched.every(({ status }) => status.state === 'connected' && status.lastSuccessAt !== undefined)
  );
}

/** A mail to each mailbox in turn, as mails come in life. */
async function oneByOne(server: Server, dovecot: Dovecot): Promise<number[]> {
  const deliveredAt = new Map<string, number>();
  const seen = watch(server, deliveredAt);
  for (let index = 0; index < count; index += 1) {
    await deliver(dovecot, index, deliveredAt);
    await sleep(50);
  }
  return seen;
}

/** A mail to every mailbox in the same moment. */
async function allAtOnce(server: Server, dovecot: Dovecot): Promise<number[]> {
  const deliveredAt = new Map<string, number>();
  for (let index = 0; index < count; index += 1) await deliver(dovecot, index, deliveredAt);
  return watch(server, deliveredAt);
}

async function deliver(dovecot: Dovecot, index: number, deliveredAt: Map<string, number>): Promise<void> {
  const subject = `To mailbox ${index}`;
  await dovecot.deliver(addressOf(index), makeMail({ from: 'c@example.test', to: addressOf(index), subject }));
  deliveredAt.set(subject, performance.now());
}

/** Looks every 20 ms at the newest mails, until each that was delivered is queued. */
async function watch(server: Server, deliveredAt: ReadonlyMap<string, number>): Promise<number[]> {
  const took = new Map<string, number>();
  await until(
    'every mailbox has its mail queued',
    async () => {
      const page = await server.api<{ items: { subject: string }[] }>(
        'GET',
        '/api/interactions?state=queued&limit=200',
      );
      const now = performance.now();
      for (const { subject } of page.items) {
        const begin = deliveredAt.get(subject);
        if (begin !== undefined && !took.has(subject)) took.set(subject, now - begin);
      }
      return took.size === count;
    },
    120_000,
    20,
  );
  return [...took.values()];
}
