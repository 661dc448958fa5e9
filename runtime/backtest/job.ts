import type { BacktestBody, Unrecorded } from '../../schemas/api/backtest.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Route } from '../../schemas/route.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';

/** A flow as it would run. */
export interface Side {
  flow: Flow;
  /** Null for a draft. */
  version: number | null;
}

/** What two versions are compared on. It travels to a thread, so it holds data only, and no secret. */
export interface Comparison {
  draft: Side;
  /** Null while the flow was never published: then what really became of each mail stands in. */
  published: Side | null;
  /** What either side may call, as it is published now. */
  modules: readonly Side[];
  mailboxes: readonly Pick<Mailbox, 'id' | 'name' | 'address'>[];
  routes: Route[];
  /** As they are now: what they were when a mail came is not on record. */
  directory: Pick<Settings, 'lists' | 'schedules'>;
  unrecorded: Unrecorded;
}

/** Which mails: the newest so many that pass. Times in milliseconds since the epoch. */
export interface Selection {
  mails: number;
  of: NonNullable<BacktestBody['of']>;
  mailbox?: string | undefined;
  route?: string | undefined;
  from?: number | undefined;
  until?: number | undefined;
}

export interface BacktestJob {
  comparison: Comparison;
  selection: Selection;
}
