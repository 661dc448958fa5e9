import { Text, ThemeIcon } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo, use } from 'react';
import { outcomesOf } from '../../schemas/actions/index.ts';
import { cards, summaryOf } from '../actions/index.ts';
import { hasOutcomeLabels } from '../graph/card-size.ts';
import type { ActionNode } from '../graph/nodes.ts';
import { CardHeat } from '../heat/CardHeat.tsx';
import { HeatContext } from '../heat/HeatContext.ts';
import classes from './ActionCard.module.css';
import { CanvasContext } from './CanvasContext.ts';
import { CardWordsContext } from './CardWordsContext.ts';
import { FarCard } from './FarCard.tsx';
import { IssueBadge } from './IssueBadge.tsx';
import { OutcomeHandle } from './OutcomeHandle.tsx';
import { RunContext, type RunPath } from './RunContext.ts';

/** A card on the canvas. It knows its own action only: a flow of hundreds of cards draws just the one that changed. */
export const ActionCard = memo(function ActionCard(props: NodeProps<ActionNode>) {
  const { isFar } = use(CanvasContext);
  const run = use(RunContext);
  // Traffic is looked at as a whole: its numbers and colours stay.
  const hasHeat = use(HeatContext) !== null;
  const { id, data, selected } = props;
  return isFar && !hasHeat ? (
    <FarCard id={id} type={data.action.type} isSelected={selected} run={runState(run, id)} />
  ) : (
    <NearCard {...props} />
  );
});

function NearCard({ id, data, selected }: NodeProps<ActionNode>) {
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
      data-run={runState(run, id)}
      data-current={run?.current === id || undefined}
      data-mark={run?.mark === id || undefined}
    >
      <span
        className={classes.stripe}
        style={{ background: `var(--mantine-color-${card.colour}-filled)` }}
        aria-hidden
      />
      <CardHeat action={id} name={action.name} />
      {isEntry && (
        <span className={classes.entry}>
          <IconPlayerPlayFilled size={9} aria-hidden /> Start
        </span>
      )}
      <Handle
        type="target"
        position={Position.Top}
        className={classes.target}
        role="img"
        aria-label={`Into ${action.name}`}
      />
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
        <IssueBadge actions={[id]} />
        {passed !== undefined && passed.count > 1 && <span className={classes.count}>×{passed.count}</span>}
      </div>
      {hasOutcomeLabels(outcomes) ? (
        <div className={classes.outcomes}>
          {outcomes.map((outcome) => (
            <div key={outcome} className={classes.outcome} data-taken={run?.taken.has(`${id}:${outcome}`) || undefined}>
              <span title={outcome}>{outcome}</span>
              <OutcomeHandle
                id={outcome}
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
            id={outcome}
            action={action.name}
            outcome={outcome}
            isConnected={action.next?.[outcome] !== undefined}
          />
        ))
      )}
    </div>
  );
}

function runState(run: RunPath | null, id: string): 'untouched' | 'failed' | 'passed' | undefined {
  if (run === null) return undefined;
  const passed = run.steps.get(id);
  if (passed === undefined) return 'untouched';
  return passed.failed ? 'failed' : 'passed';
}
