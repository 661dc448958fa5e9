import { Alert, Code, Stack, Text } from '@mantine/core';
import type { TryResult } from '../../schemas/api/try.ts';
import type { Variable } from '../../schemas/variable.ts';
import { typeWords } from '../actions/type-words.ts';
import { describeValue } from '../conditions/describe-logic.ts';
import { ConditionTree } from '../pages/interactions/ConditionTree.tsx';
import { EffectCard } from './EffectCard.tsx';
import { ExchangeCard } from './ExchangeCard.tsx';
import { variablesAt } from './variables-at.ts';

interface StepViewProps {
  result: Pick<TryResult, 'run' | 'exchanges'>;
  index: number;
  variables: readonly Variable[];
}

/** All that one step saw and did: why it went this way, what it set, asked and wanted to send. */
export function StepView({ result: { run, exchanges }, index, variables }: StepViewProps) {
  const step = run.steps[index];
  if (step === undefined) return null;
  const { conditions, priority, request, reason, effect } = step.detail;
  const set = variablesAt(variables, run, index).filter(({ isSet }) => isSet);
  const asked = exchangesOf(run.steps, index, exchanges);
  const wanted = effect === undefined ? undefined : run.effects[effect];
  return (
    <Stack gap="xs">
      {step.error !== undefined && (
        <Alert color="red" title="It failed here, so the fallback took the mail" p="xs">
          <Text size="sm">{step.error.message}</Text>
        </Alert>
      )}
      {conditions?.map(({ outcome, trace }) => (
        <ConditionTree key={outcome} outcome={outcome} trace={trace} />
      ))}
      {priority !== undefined && <Text size="sm">Priority became {priority}.</Text>}
      {set.map(({ name, before, after }) => (
        <Text key={name} size="sm">
          <Code fz="xs">{name}</Code> {describeValue(before)} → <b>{describeValue(after)}</b>
        </Text>
      ))}
      {asked !== undefined && <ExchangeCard exchange={asked} />}
      {request !== undefined && asked === undefined && (
        <Text size="sm">
          {request.method} <Code fz="xs">{request.url}</Code>
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

/** Calls stand in the order of the steps that made them. */
function exchangesOf(steps: TryResult['run']['steps'], index: number, exchanges: TryResult['exchanges']) {
  const step = steps[index];
  if (step === undefined) return undefined;
  const nth = steps.slice(0, index).filter(({ action }) => action === step.action).length;
  return exchanges.filter(({ action }) => action === step.action)[nth];
}
