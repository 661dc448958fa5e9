import { use } from 'react';
import type { ActionType } from '../../schemas/actions/index.ts';
import { hasErrors } from '../../schemas/issue.ts';
import { cards } from '../actions/index.ts';
import classes from './ActionCard.module.css';
import { IssueBadgesContext } from './IssueBadgesContext.ts';

interface FarCardProps {
  id: string;
  type: ActionType;
  isSelected: boolean;
  run: string | undefined;
}

/** A card that is too small to be read: its place, its colour and whether something is wrong with it. Its name is the node's own label, and nothing can be drawn from it. */
export function FarCard({ id, type, isSelected, run }: FarCardProps) {
  const issues = use(IssueBadgesContext).get(id);
  return (
    <div
      className={classes.far}
      style={{ color: `var(--mantine-color-${cards[type].colour}-filled)` }}
      data-selected={isSelected || undefined}
      data-run={run}
      data-issue={issues === undefined ? undefined : hasErrors(issues) ? 'error' : 'warning'}
    />
  );
}
