import { Anchor, Badge, Box, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import type { Interaction } from '../../../schemas/api/interactions.ts';
import type { Ending, Run } from '../../../schemas/run.ts';
import { useFlowVersion } from '../../api/flows.ts';
import { useNames } from '../../api/useNames.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { RemovedNote } from '../../shell/RemovedNote.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { reasonWords } from '../../shell/reason-words.ts';
import { RunSteps } from '../../try/RunSteps.tsx';
import { StepView } from '../../try/StepView.tsx';
import { InteractionResponses } from './InteractionResponses.tsx';
import classes from './RunPanel.module.css';

/** The canvas is heavy, and most of a mail can be read before it is there. */
const RunView = lazy(async () => ({ default: (await import('../../canvas/RunView.tsx')).RunView }));

/** The run drawn on the version that ran, its steps and what it sent. */
export function RunPanel({ interaction }: { interaction: Interaction }) {
  const { run, runRemoved } = interaction;
  if (!run && runRemoved) {
    return (
      <Stack gap="md">
        <RemovedNote what="The trace of the run" removal={runRemoved} left="Where the mail went stands above." />
        <InteractionResponses id={interaction.id} />
      </Stack>
    );
  }
  if (!run) {
    return (
      <Stack gap="md">
        <Paper radius="md">
          <EmptyNote icon={IconRoute} title="No flow ran">
            {notRun(interaction)}
          </EmptyNote>
        </Paper>
        <InteractionResponses id={interaction.id} />
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      <RunCard run={run} />
      <InteractionResponses id={interaction.id} />
    </Stack>
  );
}

function notRun({ state, reason }: Interaction): string {
  if (state === 'received') return 'The flow runs in a moment; this page shows it without reloading.';
  if (state === 'quarantined') return 'The mail waits in quarantine; the note beside this tells why.';
  return reasonWords(reason) || 'No route led from this mail to a flow.';
}

function RunCard({ run }: { run: Run }) {
  const names = useNames();
  const [selected, setSelected] = useState<number | null>(null);
  const version = useFlowVersion(run.version === null ? null : run.flow, run.version);
  return (
    <Paper radius="md">
      <Stack gap={4} p="md" pb="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2}>
            <Anchor component={Link} to={`/flows/${run.flow}`} inherit>
              {names.flow(run.flow)}
            </Anchor>
            {run.version === null ? ', draft' : `, version ${run.version}`}
          </Title>
          <Text size="xs" c="var(--sluice-muted)">
            {run.steps.length === 1 ? '1 step' : `${run.steps.length} steps`} in {run.durationMs.toFixed(1)} ms
          </Text>
        </Group>
        <EndingLine ending={run.ending} />
      </Stack>
      {run.version !== null && (
        <Box className={classes.canvas ?? ''}>
          <Resource query={version} name="The version that ran" rows={1}>
            {({ document }) => (
              <Suspense fallback={<Skeleton h="100%" role="status" aria-label="Loading: the canvas" />}>
                <RunView flow={document} run={run} step={selected} onStep={setSelected} />
              </Suspense>
            )}
          </Resource>
        </Box>
      )}
      <Box px="md" py={4}>
        <RunSteps steps={run.steps} selected={selected} onSelect={setSelected}>
          {(index) => <StepView result={{ run, exchanges: [] }} index={index} flow={version.data?.document} />}
        </RunSteps>
      </Box>
    </Paper>
  );
}

function EndingLine({ ending }: { ending: Ending }) {
  const names = useNames();
  return (
    <Group gap={8}>
      {ending.fallback && <Badge color="orange">fallback</Badge>}
      <Text size="md">
        {ending.type === 'disconnect'
          ? 'Disconnected'
          : `To ${names.queue(ending.queue ?? '?')} with priority ${ending.priority}`}
        {ending.skills && ending.skills.length > 0 && `, skills ${ending.skills.join(', ')}`}
        {ending.reason && `: ${reasonWords(ending.reason)}`}
      </Text>
    </Group>
  );
}
