import type { Action } from '../../schemas/actions/index.ts';
import { outcomesOf } from '../../schemas/actions/index.ts';
import { cards } from '../actions/index.ts';
import classes from './ActionCard.module.css';

interface FarCardProps {
  action: Action;
  isSelected: boolean;
  run: string | undefined;
}

/**
 * A card that is too small to be read: its place and its colour. Its name is the node's own label, and nothing can be drawn from it:
 * its handles are there only because React Flow looks on the page for where connections end.
 */
export function FarCard({ action, isSelected, run }: FarCardProps) {
  return (
    <div
      className={classes.far}
      style={{ background: `var(--mantine-color-${cards[action.type].colour}-filled)` }}
      data-selected={isSelected || undefined}
      data-run={run}
    >
      <i className={`${classes.farTarget} target`} data-handlepos="top" />
      <span className={classes.farSources}>
        {outcomesOf(action).map((outcome) => (
          <i key={outcome} className="source" data-handleid={outcome} data-handlepos="bottom" />
        ))}
      </span>
    </div>
  );
}
