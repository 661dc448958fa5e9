import { until } from '../support/until.ts';
import { compare, type Verdict } from './compare.ts';
import { countTaken } from './found.ts';
import type { FaultKind, Target } from './kinds/kind.ts';
import { delay } from './kinds/kind.ts';
import { putLoad } from './load.ts';
import { planOf, type Strike, seconds } from './plan.ts';
import { between } from './random.ts';
import type { LoadSource } from './sources/source.ts';
import { startWorld, type World } from './world.ts';

export interface BenchOptions {
  seed: number;
  /** Of load, milliseconds; after it everything may come to rest. */
  ms: number;
  mailsPerSource: number;
  strikes: number;
  sources: readonly LoadSource[];
  kinds: readonly FaultKind[];
  /** How long everything may take to come to rest after the load, milliseconds. */
  restMs: number;
  /** Ask for a look at every mailbox and a try of every answer all the time, in place of waiting for polls and pauses of minutes. */
  hurry: boolean;
  say(line: string): void;
  /** For whoever ends the bench before its time. */
  onStarted?(world: World): void;
}

export interface BenchResult extends Verdict {
  struck: string[];
  skipped: string[];
  log: string;
}

/** Puts mails in by every source while faults strike as planned, waits until all has come to rest, and compares. */
export async function runBench(options: BenchOptions): Promise<BenchResult> {
  const { kinds, say, seed, ms, strikes } = options;
  const world = await startWorld(options.sources);
  options.onStarted?.(world);
  try {
    const skipped = kinds.flatMap((kind) => {
      const why = kind.impossible?.(world);
      return why === undefined ? [] : [`${kind.name} cannot strike here: ${why}`];
    });
    for (const line of skipped) say(line);
    const plan = planOf({ seed, ms, strikes, kinds: kinds.filter((kind) => kind.impossible?.(world) === undefined) });
    const begin = performance.now();
    const load = putLoad(world, options);
    // Awaited when the faults are over.
    load.catch(() => {});
    const urging = new AbortController();
    const urged = options.hurry ? keepUrging(world, urging.signal) : Promise.resolve();
    const struck = await strikeAll(world, plan, begin, say);
    await load;
    urging.abort();
    await urged;
    say(`${seconds(performance.now() - begin)}  all faults are over, all mails are in`);
    await comeToRest(world, options);
    const verdict = await judge(world);
    return { ...verdict, struck, skipped, log: world.server.log() };
  } finally {
    await world.stop();
  }
}

async function judge({ account, reader, outgoing }: World): Promise<Verdict> {
  return compare(account.mails, await reader.read(), countTaken(await outgoing.taken()));
}

/** Each at its time; those that strike at the same thing one after the other. */
async function strikeAll(
  world: World,
  plan: readonly Strike[],
  begin: number,
  say: (line: string) => void,
): Promise<string[]> {
  const lanes = new Map<Target, Promise<void>>();
  const struck: string[] = [];
  for (const { at, kind, random } of plan) {
    await delay(Math.max(0, begin + at - performance.now()));
    const former = lanes.get(kind.target) ?? Promise.resolve();
    const blow = former.then(async () => {
      const time = performance.now() - begin;
      const line = `${seconds(time)}  ${kind.name}: ${await kind.strike(world, random)}`;
      struck.push(line);
      say(line);
      // Where a restart takes longer than the plan thought, what has just come back must still live for a moment.
      await delay(between(random, 30, 730));
    });
    // Looked at when all are over: until then a rejection must not count as unhandled.
    blow.catch(() => {});
    lanes.set(kind.target, blow);
  }
  await Promise.all(lanes.values());
  return struck;
}

/** Until nothing is under way any more; what still is when the time is over will be found stuck. */
async function comeToRest(world: World, { restMs, hurry }: BenchOptions): Promise<void> {
  const isAtRest = async () => {
    if (hurry) await urge(world);
    const { lost, stuck } = await judge(world);
    return lost.length + stuck.length === 0;
  };
  await until('everything has come to rest', isAtRest, restMs, 250).catch(() => undefined);
  // Whoever takes something a second time does it at the next look.
  await Promise.all(world.mailboxes.map((id) => lookOnce(world, id)));
  await until('that has come to rest, too', isAtRest, restMs, 250).catch(() => undefined);
}

async function keepUrging(world: World, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    // A server that is away is asked again.
    await urge(world).catch(() => undefined);
    await delay(300);
  }
}

async function urge({ server, mailboxes }: World): Promise<void> {
  for (const id of mailboxes) await server.api('POST', `/api/mailboxes/${id}/look`);
  const { items } = await server.api<{ items: { id: string }[] }>('GET', '/api/outbound-mailboxes');
  for (const { id } of items) await server.api('POST', `/api/outbound-mailboxes/${id}/retry`);
}

async function lookOnce({ server }: World, id: string): Promise<void> {
  const asked = Date.now();
  await server.api('POST', `/api/mailboxes/${id}/look`);
  await until(`a look at ${id}`, async () => {
    const { status } = await server.api<{ status: { lastSuccessAt?: string } }>('GET', `/api/mailboxes/${id}`);
    return Date.parse(status.lastSuccessAt ?? '') > asked;
  });
}
