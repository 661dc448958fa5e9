import { ActionIcon, Badge, Code, Group, Spoiler, Stack, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconCircleX, IconInbox, IconMail } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { TryResult } from '../../schemas/api/try.ts';
import type { Effect, Ending } from '../../schemas/run.ts';
import { useCardWords } from '../actions/useCardWords.ts';
import { describeValue } from '../conditions/describe-logic.ts';
import { StepList } from '../pages/interactions/StepList.tsx';
import { useEditorStore } from '../state/useEditor.ts';
import classes from './TryPanel.module.css';
import type { TryStore } from './try-store.ts';

/** How the mail ended, the way there step by step, what would have been sent, and the variables at the end. */
export function TryResultView({ result: { run, email }, trial }: { result: TryResult; trial: TryStore }) {
  const editor = useEditorStore();
  const step = useStore(trial, (state) => state.step);
  const lookAt = (index: number | null) => {
    trial.getState().lookAt(index);
    const action = index === null ? undefined : run.steps[index]?.action;
    if (action !== undefined) editor.getState().show(action);
  };
  const variables = Object.entries(run.variables);
  return (
    <Stack gap="md">
      <Stack gap={6}>
        <EndingLine ending={run.ending} />
        <Text size="xs" c="var(--sluice-muted)" truncate="end">
          <bdi>{email.subject || '(no subject)'}</bdi> from <bdi>{email.from.address}</bdi>
        </Text>
      </Stack>
      <Stack gap={4}>
        <Group justify="space-between">
          <Title order={3}>
            {run.steps.length} {run.steps.length === 1 ? 'step' : 'steps'}
          </Title>
          <Group gap={2}>
            <ActionIcon
              size="sm"
              aria-label="Step back"
              disabled={step === null || step === 0}
              onClick={() => lookAt((step ?? 1) - 1)}
            >
              <IconChevronLeft size={16} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              aria-label="Step forward"
              disabled={step === run.steps.length - 1 || run.steps.length === 0}
              onClick={() => lookAt(step === null ? 0 : step + 1)}
            >
              <IconChevronRight size={16} />
            </ActionIcon>
          </Group>
        </Group>
        <div className={classes.steps}>
          <StepList steps={run.steps} selected={step} onSelect={lookAt} />
        </div>
      </Stack>
      {run.effects.map((effect) => (
        <EffectCard key={effect.action} effect={effect} />
      ))}
      {variables.length > 0 && (
        <Stack gap={4}>
          <Title order={3}>Variables at the end</Title>
          {variables.map(([name, value]) => (
            <Text key={name} size="sm">
              {name} = <Code fz="xs">{describeValue(value)}</Code>
            </Text>
          ))}
        </Stack>
      )}
    </Stack>
  );
}

function EndingLine({ ending }: { ending: Ending }) {
  const words = useCardWords();
  const isDisconnect = ending.type === 'disconnect';
  const Icon = isDisconnect ? IconCircleX : IconInbox;
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <Icon
        size={19}
        color={`var(--mantine-color-${isDisconnect ? 'red' : 'green'}-6)`}
        style={{ flex: 'none' }}
        aria-hidden
      />
      <div>
        <Text fw={600} size="md">
          {isDisconnect ? 'Disconnected' : `Waits in ${words.queue(ending.queue ?? '')}, priority ${ending.priority}`}
        </Text>
        {ending.skills !== undefined && ending.skills.length > 0 && (
          <Text size="xs">needs {ending.skills.join(', ')}</Text>
        )}
        {ending.reason !== undefined && ending.reason !== '' && (
          <Text size="xs" c="var(--sluice-muted)">
            {ending.reason}
          </Text>
        )}
        {ending.fallback === true && (
          <Badge color="orange" mt={4}>
            by the fallback
          </Badge>
        )}
      </div>
    </Group>
  );
}

function EffectCard({ effect }: { effect: Effect }) {
  return (
    <div className={classes.effect}>
      <Stack gap={5}>
        <Group gap={6} wrap="nowrap">
          <IconMail size={15} aria-hidden />
          <Text size="sm" fw={600} flex={1}>
            Auto-response
          </Text>
          <Badge color={effect.allowed ? 'green' : 'yellow'}>{effect.allowed ? 'would be sent' : 'withheld'}</Badge>
        </Group>
        {effect.reason !== '' && (
          <Text size="xs" c="var(--sluice-muted)">
            {effect.reason}
          </Text>
        )}
        <Text size="xs">
          To <bdi>{effect.to}</bdi>
        </Text>
        <Text size="sm" fw={500}>
          <bdi>{effect.subject}</bdi>
        </Text>
        <Spoiler maxHeight={66} showLabel="Show all" hideLabel="Show less" fz="xs">
          <div className={classes.body}>{effect.body}</div>
        </Spoiler>
      </Stack>
    </div>
  );
}
