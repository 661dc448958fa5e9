import type { BacktestJob, Comparison, Selection } from '../../runtime/backtest/job.ts';
import { runBacktest } from '../../runtime/backtest/run-backtest.ts';
import { insertVersion } from '../../runtime/flows/versions.ts';
import type { Store } from '../../runtime/store/store.ts';
import type { BacktestEvent, BacktestGroup } from '../../schemas/api/backtest.ts';
import type { Flow } from '../../schemas/flow.ts';

export type Ended = Extract<BacktestEvent, { event: 'end' }>;

/** A draft beside version 3 of the same flow, over all mails that it handled. */
export function jobOf(
  draft: Flow,
  published: Flow | null,
  changes: { comparison?: Partial<Comparison>; selection?: Partial<Selection> } = {},
): BacktestJob {
  return {
    comparison: {
      draft: { flow: draft, version: null },
      published: published === null ? null : { flow: published, version: 3 },
      mailboxes: [{ id: 'receiver', name: 'receiver', address: 'support@demo.test' }],
      routes: [{ id: 'support', pattern: 'support@demo.test', flow: 'support' }],
      modules: [],
      directory: { lists: [], schedules: [] },
      unrecorded: 'skip',
      ...changes.comparison,
    },
    selection: { mails: 1_000, of: 'flow', ...changes.selection },
  };
}

/** Runs a backtest in this thread; its last event, and all groups with "from > to" in front. */
export async function backtest(
  store: Store,
  job: BacktestJob,
): Promise<{ end: Ended; groups: BacktestGroup[]; events: BacktestEvent[] }> {
  const events: BacktestEvent[] = [];
  await runBacktest(store.read, job, (event) => events.push(event));
  const end = events.at(-1);
  if (end?.event !== 'end') throw new Error(`the last event is ${end?.event}`);
  return { end, events, groups: events.flatMap((event) => (event.event === 'mails' ? event.groups : [])) };
}

/** "queue general > queue billing": 3 */
export function matrix({ cells }: Ended): Record<string, number> {
  const words = ({ kind, queue }: { kind: string; queue: string | null }) =>
    queue === null ? kind : `${kind} ${queue}`;
  return Object.fromEntries(cells.map(({ from, to, mails }) => [`${words(from)} > ${words(to)}`, mails]));
}

/** Publishes a document as the next version, three of them as version 3. */
export async function storeVersions(store: Store, flow: Flow, count = 3): Promise<void> {
  for (let version = 0; version < count; version += 1) {
    await store.commit((tx) =>
      insertVersion(tx, {
        flow: flow.id,
        document: JSON.stringify(flow),
        hash: String(version),
        author: 'Ada',
        message: 'First',
        publishedAt: 0,
        commit: null,
      }),
    );
  }
}
