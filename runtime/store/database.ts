import type { FlowTables } from './tables/flows.ts';
import type { InteractionTables } from './tables/interactions.ts';
import type { LedgerTables } from './tables/ledger.ts';
import type { OutgoingTables } from './tables/outgoing.ts';
import type { UpkeepTables } from './tables/upkeep.ts';

/**
 * The tables, as queries see them. Times are integers, milliseconds since the epoch, UTC; JSON is text.
 * Lists stay fast because what they show stands in narrow rows: mails, traces and sources have tables of their own.
 */
export interface Database extends LedgerTables, InteractionTables, OutgoingTables, FlowTables, UpkeepTables {}
