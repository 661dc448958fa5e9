import { Accordion, Badge, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Step } from '../../../schemas/run.ts';
import { pathOfVariable } from '../../../schemas/variable.ts';
import { typeWords } from '../../actions/type-words.ts';
import { ConditionTree } from './ConditionTree.tsx';

interface StepListProps {
  steps: readonly Step[];
  /** Index of the step that is open. */
  selected: number | null;
  onSelect: (index: number | null) => void;
}

/** The steps of a run in order; the open one shows what it saw. */
export function StepList({ steps, selected, onSelect }: StepListProps) {
  return (
    <Accordion
      variant="default"
      chevronPosition="left"
      value={selected === null ? null : String(selected)}
      onChange={(value) => onSelect(value === null ? null : Number(value))}
      order={3}
    >
      {steps.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an action may run twice, its place in the run is its name
        <Accordion.Item key={i} value={String(i)}>
          <Accordion.Control>
            <Group gap={8} wrap="nowrap">
              <Text size="xs" c="var(--sluice-muted)" w={18} ta="right">
                {i + 1}
              </Text>
              <Text size="md" fw={500} flex={1} truncate="end">
                <bdi>{step.name}</bdi>
              </Text>
              {(step.task ?? step.flow) !== undefined && (
                <Text size="xs" c="var(--sluice-muted)" truncate="end">
                  <bdi>{[step.flow, step.task].filter((part) => part !== undefined).join(' › ')}</bdi>
                </Text>
              )}
              {step.error && <IconAlertTriangle size={16} color="var(--mantine-color-red-6)" aria-label="failed" />}
              {step.outcome && (
                <Badge color={step.outcome === 'no' || step.outcome === 'default' ? 'gray' : 'water'}>
                  {step.outcome}
                </Badge>
              )}
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <StepDetail step={step} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function StepDetail({ step }: { step: Step }) {
  const { conditions, variables, priority, request, reason, inputs, round } = step.detail;
  return (
    <Stack gap="xs" pl={26}>
      <Text size="xs" c="var(--sluice-muted)">
        {typeWords(step.type)} · after {step.atMs.toFixed(1)} ms · took {step.durationMs.toFixed(1)} ms
      </Text>
      {step.error && (
        <Text size="sm" c="red">
          {step.error.message} <Code fz="xs">{step.error.code}</Code>
        </Text>
      )}
      {conditions?.map(({ outcome, trace }) => (
        <ConditionTree key={outcome} outcome={outcome} trace={trace} />
      ))}
      {round !== undefined && (
        <Text size="sm">
          Round {round.index + 1} of {round.count}.
        </Text>
      )}
      {inputs && <Values values={inputs} verb="was handed over as" />}
      {priority !== undefined && <Text size="sm">Priority became {priority}.</Text>}
      {variables && <Values values={variables} verb="became" />}
      {request && (
        <Text size="sm">
          {request.method} <Code fz="xs">{request.url}</Code>{' '}
          {request.status === undefined ? 'was not answered' : `was answered ${request.status}`}
        </Text>
      )}
      {reason && <Text size="sm">{reason}</Text>}
    </Stack>
  );
}

function Values({ values, verb }: { values: Record<string, unknown>; verb: string }) {
  return (
    <Stack gap={2}>
      {Object.entries(values).map(([name, value]) => (
        <Text key={name} size="sm">
          <Code fz="xs">{verb === 'became' ? pathOfVariable(name) : name}</Code> {verb}{' '}
          <Code fz="xs">{JSON.stringify(value)}</Code>
        </Text>
      ))}
    </Stack>
  );
}
