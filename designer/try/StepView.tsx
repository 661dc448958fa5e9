import { Alert, Code, Stack, Text } from '@mantine/core';
import type { TryResult } from '../../schemas/api/try.ts';
import type { Flow } from '../../schemas/flow.ts';
import { keyOfAction } from '../../schemas/sheet.ts';
import { describeValue } from '../../schemas/wording/describe-logic.ts';
import { typeWords } from '../actions/type-words.ts';
import { ConditionTree } from '../pages/interactions/ConditionTree.tsx';
import { EffectCard } from './EffectCard.tsx';
import { ExchangeCard } from './ExchangeCard.tsx';
import { StepPlace } from './StepPlace.tsx';
import { variablesAt } from './variables-at.ts';

interface StepViewProps {
  result: Pick<TryResult, 'run' | 'exchanges'>;
  index: number;
  /** The version that ran; undefined while it is not there. */
  flow: Partial<Flow> | undefined;
}

const none: Partial<Flow> = {};

/** All that one step saw and did: where it stands, why it went this way, what it set, asked and wanted to send. */
export function StepView({ result: { run, exchanges }, index, flow }: StepViewProps) {
  const step = run.steps[index];
  if (step === undefined) return null;
  const { conditions, priority, request, reason, effect, round, inputs, variables } = step.detail;
  const set = variablesAt(flow ?? none, run, index).filter(({ isSet }) => isSet);
  const asked = exchangesOf(run.steps, index, exchanges);
  const wanted = effect === undefined ? undefined : run.effects[effect];
  const isCall = step.type === 'call-task' || step.type === 'call-flow';
  return (
    <Stack gap="xs">
      <StepPlace step={step} flow={flow} />
      {step.error !== undefined && (
        <Alert color="red" title="It failed here, so the fallback took the mail" p="xs">
          <Text size="sm">{step.error.message}</Text>
        </Alert>
      )}
      {round !== undefined && (
        <Text size="sm">
          Round {round.index + 1} of {round.count}.
        </Text>
      )}
      {conditions?.map(({ outcome, trace }) => (
        <ConditionTree key={outcome} outcome={outcome} trace={trace} />
      ))}
      {inputs !== undefined && <Values title="Handed over" values={inputs} />}
      {isCall && variables !== undefined && <Values title="Came back" values={variables} />}
      {priority !== undefined && <Text size="sm">Priority became {priority}.</Text>}
      {set.map(({ name, owner, before, after }) => (
        <Text key={`${owner} ${name}`} size="sm">
          <Code fz="xs">{name}</Code> {describeValue(before)} → <b>{describeValue(after)}</b>
        </Text>
      ))}
      {asked !== undefined && <ExchangeCard exchange={asked} />}
      {request !== undefined && asked === undefined && (
        <Text size="sm">
          {request.method} <Code fz="xs">{request.url}</Code>{' '}
          {request.status === undefined ? 'was not answered' : `was answered ${request.status}`}
        </Text>
      )}
      {wanted !== undefined && <EffectCard effect={wanted} />}
      {reason !== undefined && reason !== '' && wanted === undefined && <Text size="sm">{reason}</Text>}
      {run.durationMs > 0 && (
        <Text size="xs" c="var(--sluice-muted)">
          {typeWords(step.type)} · after {step.atMs.toFixed(1)} ms · took {step.durationMs.toFixed(1)} ms
        </Text>
      )}
    </Stack>
  );
}

/** What a call gave to what it called, or kept of it. */
function Values({ title, values }: { title: string; values: Readonly<Record<string, unknown>> }) {
  return (
    <div>
      <Text size="xs" c="var(--sluice-muted)">
        {title}
      </Text>
      {Object.entries(values).map(([name, value]) => (
        <Text key={name} size="sm">
          <Code fz="xs">{name}</Code> <b>{describeValue(value)}</b>
        </Text>
      ))}
    </div>
  );
}

/** Calls of services stand in the order of the steps that made them. */
function exchangesOf(steps: TryResult['run']['steps'], index: number, exchanges: TryResult['exchanges']) {
  const step = steps[index];
  if (step === undefined) return undefined;
  const key = keyOfAction(step);
  const nth = steps.slice(0, index).filter((each) => keyOfAction(each) === key).length;
  return exchanges.filter((each) => keyOfAction(each) === key)[nth];
}
