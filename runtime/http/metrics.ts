import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { Gauge, Histogram, Registry } from 'prom-client';
import { alarmKindSchema } from '../../schemas/api/alarms.ts';
import { outboxStates } from '../../schemas/interaction.ts';
import { isLoopback } from '../../schemas/loopback.ts';
import { ledgerCounts } from '../intake/ledger.ts';
import { unindexedMails } from '../intake/search-index.ts';
import { outboxCounts } from '../outbound/outbox-pages.ts';
import { storeSize } from '../retention/retention.ts';
import { removedInAll } from '../retention/run-rows.ts';
import { administrators } from './access.ts';
import type { Auth } from './auth/auth.ts';
import type { Services } from './services.ts';

type Needed = Pick<
  Services,
  'alarms' | 'authorisations' | 'store' | 'settings' | 'mailboxes' | 'outbox' | 'queues' | 'runs' | 'clock'
>;

const authorisationStates = ['authorised', 'needs-authorising', 'failing', 'untried'] as const;
const mailboxStates = ['starting', 'connected', 'retrying', 'failed', 'stopped'] as const;

/**
 * Prometheus metrics, read from the store when asked, so that they survive a restart and cost nothing in between. Labels come from the
 * settings and from fixed lists, never from mails. Open to programs on this machine that come without a proxy, and to
 * administrators (a bearer token serves a Prometheus elsewhere): names of mailboxes and queues are not for everybody.
 */
export function createMetrics(services: Needed, auth: Pick<Auth, 'admit'>): RequestHandler {
  const registry = createRegistry(services);
  return async (request, response) => {
    if (!isDirectlyLocal(request)) await auth.admit(request, administrators);
    response
      .set('Cache-Control', 'no-store')
      .set('Content-Type', registry.contentType)
      .send(await registry.metrics());
  };
}

/** A proxy on this machine also connects from loopback, but says whom it connects for. */
function isDirectlyLocal(request: IncomingMessage): boolean {
  const proxied = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some(
    (name) => name in request.headers,
  );
  return !proxied && isLoopback(request.socket.remoteAddress ?? '');
}

function createRegistry({
  alarms,
  authorisations,
  store,
  settings,
  mailboxes,
  outbox,
  queues,
  runs,
  clock,
}: Needed): Registry {
  const registers = [new Registry()] as const;
  const [registry] = registers;

  new Gauge({
    name: 'sluice_mails',
    help: 'Server messages in the ledger by state; their sum is every mail ever accepted',
    labelNames: ['state'],
    registers: [...registers],
    async collect() {
      for (const [state, count] of Object.entries(await ledgerCounts(store.read))) this.set({ state }, count);
    },
  });

  new Gauge({
    name: 'sluice_store_bytes',
    help: 'Size of the database file, and of it what holds nothing and is filled before the file grows',
    labelNames: ['part'],
    registers: [...registers],
    async collect() {
      const { bytes, freeBytes } = await storeSize(store.read);
      this.set({ part: 'all' }, bytes);
      this.set({ part: 'free' }, freeBytes);
    },
  });
  new Gauge({
    name: 'sluice_retention_removed_rows',
    help: 'What the retention rules removed, by kind, in the runs that are still known',
    labelNames: ['kind'],
    registers: [...registers],
    async collect() {
      for (const [kind, rows] of Object.entries(await removedInAll(store.read))) this.set({ kind }, rows);
    },
  });

  new Gauge({
    name: 'sluice_search_unindexed_mails',
    help: 'Mails that the search looks at one by one, because its index has not come to them yet',
    registers: [...registers],
    async collect() {
      this.set(await unindexedMails(store.read));
    },
  });

  const late = new Gauge({
    name: 'sluice_outbox_delayed_mails',
    help: 'Outgoing mails that wait for more than 2 days; after 4 they are given up',
    registers: [...registers],
  });
  new Gauge({
    name: 'sluice_outbound_suspended',
    help: '1 where an outbound mailbox does not work or is switched off',
    labelNames: ['outbound'],
    registers: [...registers],
    collect() {
      this.reset();
      for (const { id, enabled } of settings.read().outboundMailboxes) {
        this.set({ outbound: id }, enabled && !outbox.status(id)?.suspended ? 0 : 1);
      }
    },
  });

  new Gauge({
    name: 'sluice_outbox_mails',
    help: 'Outgoing mails by state',
    labelNames: ['state'],
    registers: [...registers],
    async collect() {
      const { counts, delayed } = await outboxCounts(store.read, clock.now());
      for (const state of outboxStates) this.set({ state }, counts[state] ?? 0);
      late.set(delayed);
    },
  });

  new Gauge({
    name: 'sluice_queue_mails',
    help: 'Mails in a queue, waiting or claimed',
    labelNames: ['queue', 'state'],
    registers: [...registers],
    async collect() {
      const ids = settings.read().queues.map((queue) => queue.id);
      const counts = await queues.counts(ids);
      this.reset();
      for (const id of ids) {
        this.set({ queue: id, state: 'waiting' }, counts.get(id)?.waiting ?? 0);
        this.set({ queue: id, state: 'claimed' }, counts.get(id)?.claimed ?? 0);
      }
    },
  });

  settingsGauge(
    registers,
    'sluice_mailbox_state',
    '1 for the state that a mailbox is in',
    ['mailbox', 'state'],
    (gauge) => {
      for (const { id } of settings.read().mailboxes) {
        const present = mailboxes.status(id).state;
        for (const state of mailboxStates) gauge.set({ mailbox: id, state }, state === present ? 1 : 0);
      }
    },
  );
  settingsGauge(
    registers,
    'sluice_mailbox_lag_mails',
    'Mails on the server that are not taken yet',
    ['mailbox'],
    (gauge) => {
      for (const { id } of settings.read().mailboxes) gauge.set({ mailbox: id }, mailboxes.status(id).lag ?? 0);
    },
  );
  settingsGauge(
    registers,
    'sluice_mailbox_last_success_timestamp_seconds',
    'When a mailbox was last read without an error',
    ['mailbox'],
    (gauge) => {
      for (const { id } of settings.read().mailboxes) {
        const at = mailboxes.status(id).lastSuccessAt;
        if (at !== undefined) gauge.set({ mailbox: id }, Date.parse(at) / 1000);
      }
    },
  );

  settingsGauge(
    registers,
    'sluice_authorisation_state',
    '1 for the state that an authorisation is in',
    ['authorisation', 'state'],
    (gauge) => {
      for (const each of settings.read().authorisations) {
        const present = authorisations.status(each).state;
        for (const state of authorisationStates) {
          gauge.set({ authorisation: each.id, state }, state === present ? 1 : 0);
        }
      }
    },
  );
  settingsGauge(
    registers,
    'sluice_authorisation_expiry_days',
    'Whole days until the first of secret, certificate and consent ends, where it is known; below 1 it is over',
    ['authorisation'],
    (gauge) => {
      for (const each of settings.read().authorisations) {
        const [first] = authorisations.status(each).expiries;
        if (first !== undefined) gauge.set({ authorisation: each.id }, first.daysLeft);
      }
    },
  );

  new Gauge({
    name: 'sluice_alarms',
    help: 'Open alarms by kind',
    labelNames: ['kind'],
    registers: [...registers],
    async collect() {
      const open = await alarms.open();
      for (const { const: kind } of alarmKindSchema.anyOf) {
        this.set({ kind }, open.filter((alarm) => alarm.kind === kind).length);
      }
    },
  });

  const durations = new Histogram({
    name: 'sluice_run_duration_seconds',
    help: 'How long flows ran on the mails that came since this process began, by ending',
    labelNames: ['ending'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [...registers],
  });
  runs.onRun((run) => {
    const ending = run.ending.fallback === true ? 'fallback' : run.ending.type;
    durations.observe({ ending }, run.durationMs / 1000);
  });
  return registry;
}

/** Mailboxes and authorisations come and go: what a deleted one last said must not be told for ever. */
function settingsGauge<L extends string>(
  registers: readonly Registry[],
  name: string,
  help: string,
  labelNames: readonly L[],
  fill: (gauge: Gauge<L>) => void,
): void {
  new Gauge({
    name,
    help,
    labelNames,
    registers: [...registers],
    collect() {
      this.reset();
      fill(this);
    },
  });
}
