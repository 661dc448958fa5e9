import type { Kysely } from 'kysely';
import type { Traffic, TrafficAction, TrafficWindow } from '../../schemas/api/traffic.ts';
import type { Database } from '../store/database.ts';
import { firstSpan } from './spans.ts';
import { failed, reached } from './ways.ts';

/** The counts of one version in a window that ends now. */
export async function readTraffic(
  read: Kysely<Database>,
  { flow, version, window, now }: { flow: string; version: number; window: TrafficWindow; now: number },
): Promise<Traffic> {
  const since = firstSpan(window, now);
  const rows = await read
    .selectFrom('traffic')
    .select(['sheet', 'action', 'outcome'])
    .select((select) => select.fn.sum<number>('mails').as('mails'))
    .where('flow', '=', flow)
    .where('version', '=', version)
    .where('since', '>=', since)
    .groupBy(['sheet', 'action', 'outcome'])
    .execute();
  const actions = new Map<string, TrafficAction>();
  for (const row of rows) {
    const key = `${row.sheet}\n${row.action}`;
    const action = actions.get(key) ?? {
      sheet: row.sheet === '' ? null : row.sheet,
      action: row.action,
      mails: 0,
      failed: 0,
      outcomes: {},
    };
    actions.set(key, action);
    if (row.outcome === reached) action.mails = row.mails;
    else if (row.outcome === failed) action.failed = row.mails;
    else action.outcomes[row.outcome] = row.mails;
  }
  return { flow, version, window, since: new Date(since).toISOString(), items: [...actions.values()] };
}
