import { ActionIcon, Anchor, Badge, Box, Button, Group, Modal, Stack, Text, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowLeft, IconArrowRight, IconArrowsDiff, IconFlask } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { BacktestMail, Unrecorded } from '../../schemas/api/backtest.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import { useBothRuns } from '../api/backtest.ts';
import { useFlowVersion } from '../api/flows.ts';
import { useInteraction } from '../api/interactions.ts';
import { RunView } from '../canvas/RunView.tsx';
import { Resource } from '../shell/Resource.tsx';
import { useKeyboardBack } from '../shell/useKeyboardBack.ts';
import { EndingLine } from '../try/EndingLine.tsx';
import { RunSteps } from '../try/RunSteps.tsx';
import { StepView } from '../try/StepView.tsx';
import { tryLink } from '../try/try-link.ts';
import { type Difference, firstDifference } from './first-difference.ts';
import classes from './MailComparison.module.css';

interface MailComparisonProps {
  flow: Flow;
  /** What ran, as it was sent. */
  document: Record<string, unknown>;
  unrecorded: Unrecorded;
  /** Names the backtest. */
  backtestKey: string;
  ids: readonly string[];
  id: string;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** One mail with the way it took and the way it would take, side by side, and where they part. */
export function MailComparison({ ids, id, onOpen, onClose, ...props }: MailComparisonProps) {
  useKeyboardBack();
  const mail = useInteraction(id).data;
  const index = ids.indexOf(id);
  const go = (by: number) => {
    const next = ids[index + by];
    if (next !== undefined) onOpen(next);
  };
  useHotkeys([
    ['ArrowLeft', () => go(-1)],
    ['ArrowRight', () => go(1)],
  ]);
  return (
    <Modal.Root opened onClose={onClose} fullScreen transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Header className={classes.header}>
          <Box flex={1} miw={0}>
            <Modal.Title className={classes.title} dir="auto">
              {mail === undefined ? ' ' : mail.subject || '(no subject)'}
            </Modal.Title>
            <Text size="xs" c="var(--sluice-muted)" truncate="end">
              {mail === undefined ? ' ' : <bdi>{mail.fromName || mail.from || '(no sender)'}</bdi>}
              {' · '}
              <Anchor component={Link} to={`/interactions/${id}`} target="_blank" size="xs">
                the mail in a new tab
              </Anchor>
            </Text>
          </Box>
          <Group gap={4} wrap="nowrap">
            <Text size="xs" c="var(--sluice-muted)">
              {index + 1} of {ids.length}
            </Text>
            <Tooltip label="The mail before (←)">
              <ActionIcon aria-label="The mail before" disabled={index <= 0} onClick={() => go(-1)}>
                <IconArrowLeft size={16} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="The next mail (→)">
              <ActionIcon aria-label="The next mail" disabled={index >= ids.length - 1} onClick={() => go(1)}>
                <IconArrowRight size={16} />
              </ActionIcon>
            </Tooltip>
            <Modal.CloseButton aria-label="Back to the backtest" />
          </Group>
        </Modal.Header>
        <Modal.Body className={classes.body}>
          <Both key={id} id={id} {...props} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Both({
  id,
  flow,
  document,
  unrecorded,
  backtestKey,
}: Pick<MailComparisonProps, 'id' | 'flow' | 'document' | 'unrecorded' | 'backtestKey'>) {
  const both = useBothRuns({ flow: flow.id, interaction: id, document, unrecorded, key: backtestKey });
  return (
    <Resource query={both} name="The two runs" rows={6}>
      {(runs) => <Sides id={id} runs={runs} flow={flow} />}
    </Resource>
  );
}

interface SidesProps {
  id: string;
  runs: BacktestMail;
  flow: Flow;
}

function Sides({ id, runs: { before, after, isRecorded }, flow }: SidesProps) {
  const difference = useMemo(() => (before === null ? null : firstDifference(before, after)), [before, after]);
  const { receivedAt } = useInteraction(id).data ?? {};
  return (
    <div className={classes.comparison}>
      <Group gap={8} className={classes.difference} wrap="nowrap" role="note">
        <IconArrowsDiff size={17} aria-hidden style={{ flex: 'none' }} />
        <Text size="sm" flex={1}>
          {before === null
            ? 'No flow ran on this mail when it came.'
            : (difference?.words ?? 'Both take the same way to the same end.')}
        </Text>
        {receivedAt !== undefined && (
          <Button
            component={Link}
            to={tryLink(flow.id, { interaction: id, now: receivedAt, step: difference?.after ?? null })}
            target="_blank"
            variant="default"
            flex="none"
            leftSection={<IconFlask size={15} />}
          >
            Open in Try
          </Button>
        )}
      </Group>
      <div className={classes.sides}>
        {before !== null && (
          <Side
            name={isRecorded ? 'As it ran' : 'As it would run'}
            run={before}
            mark={difference?.before ?? null}
            difference={difference}
          />
        )}
        <Side name="Your draft" run={after} draft={flow} mark={difference?.after ?? null} difference={difference} />
      </div>
    </div>
  );
}

interface SideProps {
  name: string;
  run: Run;
  /** Without one the version that ran is drawn. */
  draft?: Flow;
  mark: number | null;
  difference: Difference | null;
}

function Side({ name, run, draft, mark }: SideProps) {
  const [step, setStep] = useState<number | null>(mark);
  const version = useFlowVersion(draft === undefined ? run.flow : null, draft === undefined ? run.version : null);
  const drawn = draft ?? version.data?.document;
  return (
    <section className={classes.side} aria-label={name}>
      <Stack gap={8} p="sm">
        <Group gap={8}>
          <Text fw={600}>{name}</Text>
          {run.version !== null && <Badge>version {run.version}</Badge>}
        </Group>
        <EndingLine ending={run.ending} />
      </Stack>
      <div className={classes.canvas}>
        {draft === undefined && drawn === undefined ? (
          <Resource query={version} name="The version that ran" rows={1}>
            {() => null}
          </Resource>
        ) : (
          drawn !== undefined && <RunView flow={drawn} run={run} step={step} mark={mark} onStep={setStep} />
        )}
      </div>
      <div className={classes.steps}>
        <RunSteps steps={run.steps} selected={step} onSelect={setStep} mark={mark}>
          {(index) => <StepView result={{ run, exchanges: [] }} index={index} flow={drawn} />}
        </RunSteps>
      </div>
    </section>
  );
}
