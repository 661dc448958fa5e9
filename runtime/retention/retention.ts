import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { RetentionCounts, RetentionRun, RetentionView } from '../../schemas/api/retention.ts';
import { coerceError, UserError } from '../../schemas/errors.ts';
import {
  type Removal,
  type RetentionKind,
  type RetentionRules,
  type RetentionSettings,
  retentionKinds,
} from '../../schemas/retention.ts';
import type { Database } from '../store/database.ts';
import { createIds } from '../store/ids.ts';
import type { Store } from '../store/store.ts';
import { clockJump, lastKnown } from './clock-jump.ts';
import { kinds } from './kinds/index.ts';
import type { Place, Rule } from './kinds/kind.ts';
import { lastNight, nextNight } from './nights.ts';
import { addRemoved, countsOf, lastRuns, lastStart, noCounts, type RunRow, runView } from './run-rows.ts';

const lookMs = 60_000;
const dayMs = 86_400_000;
/** Rows of one commit: mail that comes in waits some milliseconds for it, and then has the store for three times as long. */
const rowsAtOnce = 200;
const restFactor = 3;
const shortestRestMs = 10;
/** Counting only reads, but keeps pages waiting meanwhile. */
const countedAtOnce = 1_000;

interface RetentionDeps {
  store: Pick<Store, 'read' | 'commit'>;
  settings: { read(): { retention: RetentionSettings } };
  clock: { now(): number };
  /** Writes down what a run removed. */
  note(removed: RetentionCounts): Promise<void>;
  log: Record<'info' | 'warn' | 'error', (data: object, message: string) => void>;
}

/** Removes what the rules name, at night or when somebody asks, in small pieces. */
export interface Retention {
  /** Goes on with a run that the process before did not end, and waits for the nights. */
  start(): Promise<void>;
  /** What is under way goes on at the next start. */
  stop(): Promise<void>;
  /** @throws UserError `retention-running` (409), `no-retention-rule` (409). */
  begin(cause: RetentionRun['cause']): Promise<RetentionRun>;
  /** Begins the run that is due by the clock, or writes down why this night is left out; resolves when none is under way. */
  runDue(): Promise<void>;
  /** What such rules would remove now, each by itself. */
  preview(rules: RetentionRules): Promise<RetentionCounts>;
  view(): Promise<RetentionView>;
}

export function createRetention(deps: RetentionDeps): Retention {
  const { store, clock, log } = deps;
  const nextId = createIds();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | null = null;

  const settings = () => deps.settings.read().retention;

  function work(run: RunRow): void {
    working = removeAll(run)
      .catch((thrown: unknown) => fail(run, coerceError(thrown)))
      .finally(() => {
        working = null;
      });
  }

  async function removeAll(run: RunRow): Promise<void> {
    // Our own JSON of rules that were checked when they were saved.
    const agreed: RetentionRules = JSON.parse(run.rules);
    for (const kind of retentionKinds) await removeKind(run, kind, agreed[kind]);
    if (stopping.signal.aborted) return;
    const ended = { state: 'done' as const, ended_at: clock.now() };
    const row = await store.commit(async (tx) => {
      await tx.updateTable('retention_runs').set(ended).where('id', '=', run.id).execute();
      return tx.selectFrom('retention_runs').select('removed').where('id', '=', run.id).executeTakeFirstOrThrow();
    });
    const removed = countsOf(row);
    log.info({ removed }, 'What the retention rules name was removed');
    if (Object.values(removed).some((count) => count > 0)) await deps.note(removed);
  }

  async function removeKind(run: RunRow, kind: RetentionKind, agreed: number | null): Promise<void> {
    let place: Place = null;
    do {
      // A rule that is made milder while it is at work holds at once, and so does a clock that is set right; a harsher one from the next night on.
      const present = settings().rules[kind];
      if (agreed === null || present === null || stopping.signal.aborted) return;
      const rule = ruleOf(Math.max(agreed, present), Math.min(run.started_at, clock.now()));
      const begun = performance.now();
      const from: Place = place;
      place = await store.commit(async (tx) => {
        const { keys, next } = await kinds[kind].find(tx, rule, from, rowsAtOnce);
        if (keys.length > 0) {
          await kinds[kind].remove(tx, keys, rule);
          await addRemoved(tx, run.id, kind, keys.length);
        }
        return next;
      });
      await rest(Math.max(shortestRestMs, (performance.now() - begun) * restFactor));
    } while (place !== null);
  }

  const rest = (ms: number) => pause(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);

  async function fail(run: RunRow, error: Error): Promise<void> {
    log.error({ error }, 'The retention rules could not be carried out; they are tried again next night');
    const ended = { state: 'failed' as const, error: error.message, ended_at: clock.now() };
    await store
      .commit((tx) => tx.updateTable('retention_runs').set(ended).where('id', '=', run.id).execute())
      .catch((thrown: unknown) => log.error({ error: coerceError(thrown) }, 'A failed run could not be written down'));
  }

  async function begin(cause: RetentionRun['cause']): Promise<RetentionRun> {
    const { rules } = settings();
    if (working !== null) {
      throw new UserError('retention-running', 'What the rules name is being removed already.', { status: 409 });
    }
    if (!hasRule(rules)) {
      const message = 'There is no rule: everything is kept. Set one under Settings, Retention.';
      throw new UserError('no-retention-rule', message, { status: 409 });
    }
    const run = newRun(cause, clock.now());
    // Before it is durable, a second one must not begin.
    working = store.commit((tx) => tx.insertInto('retention_runs').values(run).execute()).then(() => undefined);
    try {
      await working;
    } catch (thrown) {
      working = null;
      throw thrown;
    }
    work(run);
    return runView(run);
  }

  function newRun(cause: RetentionRun['cause'], now: number): RunRow {
    return {
      id: nextId(now),
      cause,
      state: 'running',
      started_at: now,
      ended_at: null,
      rules: JSON.stringify(settings().rules),
      removed: JSON.stringify(noCounts()),
      error: '',
    };
  }

  async function runDue(): Promise<void> {
    const { at, rules, changedAt } = settings();
    const now = clock.now();
    const known = lastKnown(now, [await lastStart(store.read, now), Date.parse(changedAt)]);
    if (hasRule(rules) && known < lastNight(at, now) && working === null) {
      const jump = clockJump(now, known);
      if (jump === null) await begin('nightly');
      else await skip(now, jump);
    }
    await working;
  }

  async function skip(now: number, error: string): Promise<void> {
    const night: RunRow = { ...newRun('nightly', now), state: 'skipped', ended_at: now, error };
    await store.commit((tx) => tx.insertInto('retention_runs').values(night).execute());
    log.warn({ night: new Date(now).toISOString() }, error);
  }

  const tick = () => {
    timer = setTimeout(() => {
      runDue()
        .catch((thrown: unknown) => log.error({ error: coerceError(thrown) }, 'The retention rules could not be begun'))
        .finally(() => {
          if (!stopping.signal.aborted) tick();
        });
    }, lookMs).unref();
  };

  return {
    async start() {
      const [last] = await lastRuns(store.read);
      if (last?.state === 'running') work(last);
      tick();
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await working;
    },
    begin,
    runDue,

    async preview(rules) {
      const counts = noCounts();
      for (const kind of retentionKinds) {
        const days = rules[kind];
        if (days === null) continue;
        const rule = ruleOf(days, clock.now());
        let place: Place = null;
        do {
          const { keys, next }: { keys: readonly unknown[]; next: Place } = await kinds[kind].find(
            store.read,
            rule,
            place,
            countedAtOnce,
          );
          counts[kind] += keys.length;
          place = next;
          await new Promise((resolve) => setImmediate(resolve));
        } while (place !== null);
      }
      return counts;
    },

    async view() {
      const { at, rules } = settings();
      return {
        at,
        rules,
        nextAt: hasRule(rules) ? new Date(nextNight(at, clock.now())).toISOString() : null,
        runs: (await lastRuns(store.read)).map(runView),
        store: await storeSize(store.read),
      };
    },
  };
}

function ruleOf(days: number, now: number): Rule {
  const removal: Removal = { at: new Date(now).toISOString(), days };
  return { cutoff: now - days * dayMs, removal: JSON.stringify(removal) };
}

function hasRule(rules: RetentionRules): boolean {
  return Object.values(rules).some((days) => days !== null);
}

/** Bytes of the database file, and of them those that hold nothing. */
export async function storeSize(read: Kysely<Database>): Promise<RetentionView['store']> {
  const { rows } = await sql<{ pages: number; free: number; size: number }>`
    select page_count as pages, freelist_count as free, page_size as size
    from pragma_page_count(), pragma_freelist_count(), pragma_page_size()
  `.execute(read);
  const { pages = 0, free = 0, size = 0 } = rows[0] ?? {};
  return { bytes: pages * size, freeBytes: free * size };
}
