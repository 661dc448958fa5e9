import { cards } from '../actions/index.ts';
import type { ActionNode } from '../graph/nodes.ts';
import classes from './ActionCard.module.css';

interface FarCardProps {
  type: ActionNode['data']['action']['type'];
  isSelected: boolean;
  run: string | undefined;
}

/** A card that is too small to be read: its place and its colour. Its name is the node's own label. */
export function FarCard({ type, isSelected, run }: FarCardProps) {
  return (
    <div className={classes.card} data-far data-selected={isSelected || undefined} data-run={run}>
      <span className={classes.block} style={{ background: `var(--mantine-color-${cards[type].colour}-filled)` }} />
    </div>
  );
}
