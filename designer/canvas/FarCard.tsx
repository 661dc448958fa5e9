import type { ActionType } from '../../schemas/actions/index.ts';
import { cards } from '../actions/index.ts';
import classes from './ActionCard.module.css';

interface FarCardProps {
  type: ActionType;
  isSelected: boolean;
  run: string | undefined;
}

/** A card that is too small to be read: its place and its colour. Its name is the node's own label, and nothing can be drawn from it. */
export function FarCard({ type, isSelected, run }: FarCardProps) {
  return (
    <div
      className={classes.far}
      style={{ color: `var(--mantine-color-${cards[type].colour}-filled)` }}
      data-selected={isSelected || undefined}
      data-run={run}
    />
  );
}
