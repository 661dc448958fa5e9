import { Anchor, Badge, Button, Divider, Group, Text, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle, IconFlask, IconRocket } from '@tabler/icons-react';
import { use } from 'react';
import { Link } from 'react-router';
import { useStore } from 'zustand';
import { CasesButton } from '../../cases/CasesButton.tsx';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useCommand } from '../../commands/useCommands.ts';
import { IssuesContext } from '../../problems/IssuesContext.ts';
import { useEditor, useEditorStore } from '../../state/useEditor.ts';
import type { Autosave } from './autosave.ts';
import classes from './FlowEditor.module.css';
import { FlowMenu } from './FlowMenu.tsx';
import { HistoryButtons } from './HistoryButtons.tsx';
import { OtherDrafts } from './OtherDrafts.tsx';
import { SaveState } from './SaveState.tsx';

interface ToolbarProps {
  autosave: Autosave;
  onReload: () => Promise<void>;
}

export function Toolbar({ autosave, onReload }: ToolbarProps) {
  const store = useEditorStore();
  const name = useEditor((state) => state.history.flow.name);
  const isReadOnly = useEditor((state) => state.isReadOnly);
  return (
    <header className={classes.toolbar}>
      <Group gap={8} wrap="nowrap" flex={1} miw={0}>
        <Group gap={8} wrap="nowrap" flex="none" className={classes.wide ?? ''}>
          <Anchor component={Link} to="/flows" size="sm" c="var(--sluice-muted)" flex="none">
            Flows
          </Anchor>
          <Text c="var(--sluice-muted)" aria-hidden>
            /
          </Text>
        </Group>
        <Tooltip label="Flow settings">
          <UnstyledButton onClick={() => store.getState().select([])} miw={0}>
            <Text component="h1" fw={600} size="md" truncate="end">
              {name || 'Without a name'}
            </Text>
          </UnstyledButton>
        </Tooltip>
        <DraftState autosave={autosave} />
        <OtherDrafts />
      </Group>
      {!isReadOnly && (
        <Group gap={4} wrap="nowrap">
          <HistoryButtons />
          <Group gap={4} wrap="nowrap" className={classes.wide ?? ''}>
            <CommandButton id="arrange" />
            <CommandButton id="commands" />
          </Group>
        </Group>
      )}
      <Divider orientation="vertical" my={12} />
      <Group gap={8} wrap="nowrap">
        {!isReadOnly && <SaveState autosave={autosave} onReload={() => void onReload()} />}
        <ProblemCount />
        <CasesButton />
        <CommandButton id="traffic" />
        <CommandButton id="backtest" />
        <TryButton />
        {!isReadOnly && <PublishButton />}
        <FlowMenu autosave={autosave} onReload={onReload} />
      </Group>
    </header>
  );
}

function TryButton() {
  const { isOn, run } = useCommand('try');
  return (
    <Button
      variant={isOn ? 'light' : 'default'}
      leftSection={<IconFlask size={15} />}
      aria-pressed={isOn}
      onClick={run}
    >
      Try
    </Button>
  );
}

function PublishButton() {
  const { run } = useCommand('publish');
  return (
    <Button leftSection={<IconRocket size={15} />} onClick={run}>
      Publish
    </Button>
  );
}

function DraftState({ autosave }: { autosave: Autosave }) {
  const version = useStore(autosave.state, (state) => state.baseVersion);
  const hasDraft = useStore(autosave.state, (state) => state.hasDraft || state.status.is !== 'saved');
  // The flow's name gives way first: whether this is live must be read whole.
  if (!hasDraft && version !== null)
    return (
      <Badge color="green" flex="none">
        version {version}, published
      </Badge>
    );
  return (
    <Badge color="yellow" flex="none">
      {version === null ? 'draft, never published' : `draft of version ${version}`}
    </Badge>
  );
}

function ProblemCount() {
  const { isOn, run } = useCommand('problems');
  const { issues } = use(IssuesContext);
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;
  return (
    <Button variant={isOn ? 'light' : 'default'} px={8} aria-pressed={isOn} onClick={run}>
      <VisuallyHidden>{`Problems: ${errors} errors, ${warnings} warnings`}</VisuallyHidden>
      <Group gap={8} wrap="nowrap" aria-hidden>
        {issues.length === 0 && <IconCircleCheck size={16} color="var(--mantine-color-green-6)" />}
        {errors > 0 && (
          <Group gap={3} wrap="nowrap">
            <IconExclamationCircle size={16} color="var(--mantine-color-red-6)" />
            {errors}
          </Group>
        )}
        {warnings > 0 && (
          <Group gap={3} wrap="nowrap">
            <IconAlertTriangle size={16} color="var(--mantine-color-yellow-6)" />
            {warnings}
          </Group>
        )}
      </Group>
    </Button>
  );
}
