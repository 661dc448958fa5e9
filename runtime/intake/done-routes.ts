import { sql } from 'kysely';
import type { InteractionState, LedgerState } from '../../schemas/interaction.ts';
import type { DoneRoute } from './mail-entry.ts';

/** In the ledger's words: it counts server messages, and knows no difference between kinds of waiting for a person. */
export function ledgerState(state: InteractionState): LedgerState {
  if (state === 'held' || state === 'quarantined') return 'quarantined';
  return state === 'disconnected' || state === 'skipped' ? state : 'queued';
}

/**
 * The one state of a mail that several routes took: it waits for a person as long as one of them does, and is disconnected only
 * where nobody kept it.
 */
export function combinedState(states: readonly LedgerState[]): LedgerState {
  for (const state of ['quarantined', 'queued'] as const) if (states.includes(state)) return state;
  return states[0] ?? 'quarantined';
}

/** JSON list of what stands already of a ledger row (a mail that was let through past the filters waits as `received`), as a column of a query on the ledger; null for the usual mail, of which nothing does. */
export const doneRoutes = sql<string | null>`(
  select json_group_array(json_object('route', route, 'state', state)) from interactions
  where interactions.ledger = ledger.id and interactions.state <> 'received' having count(*) > 0)`.as('done');

export function readDone(json: string | null): DoneRoute[] {
  if (json === null) return [];
  // Written by the query above out of columns of these very types.
  const rows = JSON.parse(json) as { route: string; state: InteractionState }[];
  return rows.map(({ route, state }) => ({ route, state: ledgerState(state) }));
}
