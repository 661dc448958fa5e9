import { Handle, Position } from '@xyflow/react';
import classes from './ActionCard.module.css';

interface OutcomeHandleProps {
  /** The handle's name on its card. */
  id: string;
  /** The name of the action that the outcome is of. */
  action: string;
  outcome: string;
  isConnected: boolean;
}

/** Where a connection starts. */
export function OutcomeHandle({ id, action, outcome, isConnected }: OutcomeHandleProps) {
  return (
    <Handle
      type="source"
      id={id}
      position={Position.Bottom}
      className={classes.source}
      data-connected={isConnected || undefined}
      role="img"
      aria-label={`${action}: outcome ${outcome}`}
    />
  );
}
