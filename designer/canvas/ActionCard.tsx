import { Text, ThemeIcon, Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconExclamationCircleFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo, use } from 'react';
import { outcomesOf } from '../../schemas/actions/index.ts';
import { hasErrors } from '../../schemas/issue.ts';
import { cards, summaryOf } from '../actions/index.ts';
import { hasOutcomeLabels } from '../graph/card-size.ts';
import type { ActionNode } from '../graph/flow-to-graph.ts';
import classes from './ActionCard.module.css';
import { CardWordsContext } from './CardWordsContext.ts';
import { IssueBadgesContext } from './IssueBadgesContext.ts';
import { RunContext } from './RunContext.ts';

/** A card on the canvas. It knows its own action only: a flow of hundreds of cards draws just the one that changed. */
export const ActionCard = memo(function ActionCard({ id, data, selected }: NodeProps<ActionNode>) {
  const { action, isEntry } = data;
  const words = use(CardWordsContext);
  const run = use(RunContext);
  const card = cards[action.type];
  const outcomes = outcomesOf(action);
  const passed = run?.steps.get(id);
  const Icon = card.icon;
  return (
    <div
      className={classes.card}
      data-selected={selected || undefined}
      data-run={run === null ? undefined : passed === undefined ? 'untouched' : passed.failed ? 'failed' : 'passed'}
      data-current={run?.current === id || undefined}
    >
      <span
        className={classes.stripe}
        style={{ background: `var(--mantine-color-${card.colour}-filled)` }}
        aria-hidden
      />
      {isEntry && (
        <span className={classes.entry}>
          <IconPlayerPlayFilled size={9} aria-hidden /> Start
        </span>
      )}
      <Handle type="target" position={Position.Top} className={classes.target} aria-label={`Into ${action.name}`} />
      <div className={classes.body}>
        <ThemeIcon variant="light" color={card.colour} size={34} radius="md" aria-hidden>
          <Icon size={19} stroke={1.7} />
        </ThemeIcon>
        <div className={classes.text}>
          <Text className={classes.name} title={action.name}>
            {action.name || 'Without a name'}
          </Text>
          <Text className={classes.summary} title={summaryOf(action, words)}>
            {summaryOf(action, words)}
          </Text>
        </div>
        <IssueBadge id={id} />
        {passed !== undefined && passed.count > 1 && <span className={classes.count}>×{passed.count}</span>}
      </div>
      {hasOutcomeLabels(outcomes) ? (
        <div className={classes.outcomes}>
          {outcomes.map((outcome) => (
            <div key={outcome} className={classes.outcome} data-taken={run?.taken.has(`${id}:${outcome}`) || undefined}>
              <span title={outcome}>{outcome}</span>
              <OutcomeHandle
                action={action.name}
                outcome={outcome}
                isConnected={action.next?.[outcome] !== undefined}
              />
            </div>
          ))}
        </div>
      ) : (
        outcomes.map((outcome) => (
          <OutcomeHandle
            key={outcome}
            action={action.name}
            outcome={outcome}
            isConnected={action.next?.[outcome] !== undefined}
          />
        ))
      )}
    </div>
  );
});

function OutcomeHandle({ action, outcome, isConnected }: { action: string; outcome: string; isConnected: boolean }) {
  return (
    <Handle
      type="source"
      id={outcome}
      position={Position.Bottom}
      className={classes.source}
      data-connected={isConnected || undefined}
      aria-label={`${action}: outcome ${outcome}`}
    />
  );
}

function IssueBadge({ id }: { id: string }) {
  const issues = use(IssueBadgesContext).get(id);
  if (issues === undefined || issues.length === 0) return null;
  const isError = hasErrors(issues);
  const Mark = isError ? IconExclamationCircleFilled : IconAlertTriangleFilled;
  const label = issues.map((issue) => issue.message).join('\n');
  return (
    <Tooltip label={label} multiline maw={320} style={{ whiteSpace: 'pre-line' }}>
      <Mark size={17} className={isError ? classes.error : classes.warning} role="img" aria-label={label} />
    </Tooltip>
  );
}
