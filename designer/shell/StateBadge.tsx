import { Badge } from '@mantine/core';
import type { InteractionState, LedgerState, OutboxState } from '../../schemas/interaction.ts';

type State = InteractionState | LedgerState | OutboxState;

/** One colour per meaning: blue moves, green is well, grey is over, yellow waits for a person, red went wrong. */
const colours: Record<State, string> = {
  received: 'blue',
  queued: 'water',
  claimed: 'violet',
  parked: 'yellow',
  done: 'green',
  disconnected: 'gray',
  merged: 'gray',
  skipped: 'gray',
  quarantined: 'red',
  held: 'yellow',
  waiting: 'blue',
  sending: 'blue',
  sent: 'green',
  captured: 'water',
  withheld: 'gray',
  failed: 'red',
  bounced: 'red',
  uncertain: 'orange',
};

export function StateBadge({ state }: { state: State }) {
  return <Badge color={colours[state]}>{state}</Badge>;
}
