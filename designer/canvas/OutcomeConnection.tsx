import { ActionIcon } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { BaseEdge, type EdgeProps, getSmoothStepPath } from '@xyflow/react';
import { memo, use } from 'react';
import { createPortal } from 'react-dom';
import type { OutcomeEdge } from '../graph/outcome-edges.ts';
import { ConnectionHeat } from '../heat/ConnectionHeat.tsx';
import heatClasses from '../heat/Heat.module.css';
import { HeatContext } from '../heat/HeatContext.ts';
import { mailsBy, warmthStyle } from '../heat/heat.ts';
import { CanvasContext } from './CanvasContext.ts';
import { InsertContext } from './InsertContext.ts';
import classes from './OutcomeConnection.module.css';
import { RunContext } from './RunContext.ts';

/** Nearer than this the outcome's name on the card is next to the line; further away the line says it again. */
const farPx = 420;

/** A connection with the name of its outcome, and a button that puts an action into it. */
export const OutcomeConnection = memo(function OutcomeConnection(props: EdgeProps<OutcomeEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected, data } = props;
  const { labels, isFar: isFarAway } = use(CanvasContext);
  const run = use(RunContext);
  const heat = use(HeatContext);
  const insert = use(InsertContext);
  const [path, labelX, labelY] = getSmoothStepPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    borderRadius: 14,
  });
  const isTaken = run?.taken.has(id) ?? false;
  const isFar = Math.abs(targetY - sourceY) + Math.abs(targetX - sourceX) > farPx;
  // In a run only the way that was taken is told.
  const isLabelled = data?.isNamed === true && (run === null ? isFar || selected : isTaken);
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={heat === null ? classes.line : `${classes.line} ${heatClasses.line}`}
        {...(heat === null || data === undefined
          ? {}
          : { style: warmthStyle(mailsBy(heat, data.action, data.outcome), heat) })}
        data-run={run === null ? undefined : isTaken ? 'taken' : 'untouched'}
        data-far={isFarAway || undefined}
        // Far away nobody meets a line, so nothing has to be found under the pointer.
        interactionWidth={isFarAway ? 0 : 22}
        {...(props.markerEnd === undefined ? {} : { markerEnd: props.markerEnd })}
      />
      {labels !== null &&
        !isFarAway &&
        createPortal(
          <div
            className={`${classes.label} nodrag nopan`}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
            data-run={run === null ? undefined : isTaken ? 'taken' : 'untouched'}
            data-heat={heat !== null || undefined}
          >
            {heat !== null && data !== undefined && (
              <ConnectionHeat heat={heat} action={data.action} outcome={data.outcome} name={data.from} />
            )}
            {isLabelled && <span className={classes.name}>{data.outcome}</span>}
            {insert !== null && (
              <ActionIcon
                className={classes.insert}
                data-selected={selected || undefined}
                variant="filled"
                color="var(--mantine-primary-color-filled)"
                size={18}
                radius="xl"
                tabIndex={selected ? 0 : -1}
                aria-label={`Insert an action between ${data?.from} and ${data?.to}`}
                onClick={(event) =>
                  data !== undefined &&
                  insert({ action: data.action, outcome: data.outcome }, { x: labelX, y: labelY }, event.currentTarget)
                }
              >
                <IconPlus size={12} stroke={2.5} />
              </ActionIcon>
            )}
          </div>,
          labels,
        )}
    </>
  );
});
