import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from '@xyflow/react';
import { memo } from 'react';
import classes from './ComparedConnection.module.css';
import type { ComparedEdge } from './compared-graph.ts';

const words = { added: 'new', removed: 'no longer' };

/** A connection of two documents in one drawing: new ones are bold, those that are gone are dashed, and both say so. */
export const ComparedConnection = memo(function ComparedConnection(props: EdgeProps<ComparedEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props;
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition };
  const [path, labelX, labelY] = getSmoothStepPath({ ...ends, borderRadius: 14 });
  const mark = data?.mark ?? null;
  return (
    <>
      <BaseEdge id={id} path={path} className={classes.line} data-mark={mark ?? 'none'} />
      {mark !== null && (
        <EdgeLabelRenderer>
          <span
            className={classes.label}
            data-mark={mark}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {data?.isNamed ? `${data.outcome}, ${words[mark]}` : words[mark]}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
