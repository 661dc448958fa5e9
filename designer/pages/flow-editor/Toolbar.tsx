import { ActionIcon, Anchor, Badge, Button, Divider, Group, Text, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCircleCheck,
  IconExclamationCircle,
  IconFlask,
  IconHierarchy2,
  IconRocket,
} from '@tabler/icons-react';
import { type ReactNode, use } from 'react';
import { Link } from 'react-router';
import { useStore } from 'zustand';
import { IssuesContext } from '../../problems/IssuesContext.ts';
import { autoLayout } from '../../state/commands/auto-layout.ts';
import { useEditor, useEditorStore } from '../../state/useEditor.ts';
import type { Autosave } from './autosave.ts';
import classes from './FlowEditor.module.css';
import { FlowMenu } from './FlowMenu.tsx';
import { SaveState } from './SaveState.tsx';

interface ToolbarProps {
  autosave: Autosave;
  isTrying: boolean;
  areProblemsShown: boolean;
  onTry: () => void;
  onProblems: () => void;
  onPublish: () => void;
  onShortcuts: () => void;
  onReload: () => Promise<void>;
}

export function Toolbar(props: ToolbarProps) {
  const { autosave, isTrying, areProblemsShown, onTry, onProblems, onPublish, onShortcuts, onReload } = props;
  const store = useEditorStore();
  const name = useEditor((state) => state.history.flow.name);
  const isReadOnly = useEditor((state) => state.isReadOnly);
  return (
    <header className={classes.toolbar}>
      <Group gap={8} wrap="nowrap" flex={1} miw={0}>
        <Anchor component={Link} to="/flows" size="sm" c="var(--sluice-muted)">
          Flows
        </Anchor>
        <Text c="var(--sluice-muted)" aria-hidden>
          /
        </Text>
        <Tooltip label="Flow settings">
          <UnstyledButton onClick={() => store.getState().select([])} miw={0}>
            <Text component="h1" fw={600} size="md" truncate="end">
              {name || 'Without a name'}
            </Text>
          </UnstyledButton>
        </Tooltip>
        <DraftState autosave={autosave} />
      </Group>
      {!isReadOnly && (
        <Group gap={4} wrap="nowrap">
          <History />
          <ToolbarIcon label="Arrange the cards (Shift L)" onClick={() => store.getState().run(autoLayout())}>
            <IconHierarchy2 size={17} stroke={1.7} />
          </ToolbarIcon>
        </Group>
      )}
      <Divider orientation="vertical" my={12} />
      <Group gap={8} wrap="nowrap">
        {!isReadOnly && <SaveState autosave={autosave} onReload={() => void onReload()} />}
        <ProblemCount isPressed={areProblemsShown} onClick={onProblems} />
        <Button
          variant={isTrying ? 'light' : 'default'}
          leftSection={<IconFlask size={15} />}
          aria-pressed={isTrying}
          onClick={onTry}
        >
          Try
        </Button>
        {!isReadOnly && (
          <Button leftSection={<IconRocket size={15} />} onClick={onPublish}>
            Publish
          </Button>
        )}
        <FlowMenu autosave={autosave} onShortcuts={onShortcuts} onReload={onReload} />
      </Group>
    </header>
  );
}

function History() {
  const store = useEditorStore();
  const undoes = useEditor((state) => state.history.past.at(-1)?.label);
  const redoes = useEditor((state) => state.history.future[0]?.label);
  return (
    <>
      <ToolbarIcon
        label={undoes === undefined ? 'Nothing to undo' : `Undo: ${undoes} (Ctrl Z)`}
        name="Undo"
        isOff={undoes === undefined}
        onClick={() => store.getState().undo()}
      >
        <IconArrowBackUp size={17} stroke={1.7} />
      </ToolbarIcon>
      <ToolbarIcon
        label={redoes === undefined ? 'Nothing to redo' : `Redo: ${redoes} (Ctrl Shift Z)`}
        name="Redo"
        isOff={redoes === undefined}
        onClick={() => store.getState().redo()}
      >
        <IconArrowForwardUp size={17} stroke={1.7} />
      </ToolbarIcon>
    </>
  );
}

interface ToolbarIconProps {
  label: string;
  /** The accessible name, where the label changes. */
  name?: string;
  isOff?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function ToolbarIcon({ label, name = label, isOff = false, onClick, children }: ToolbarIconProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={name} disabled={isOff} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function DraftState({ autosave }: { autosave: Autosave }) {
  const version = useStore(autosave.state, (state) => state.baseVersion);
  const hasDraft = useStore(autosave.state, (state) => state.hasDraft || state.status.is !== 'saved');
  if (!hasDraft && version !== null) return <Badge color="green">version {version}, published</Badge>;
  return <Badge color="yellow">{version === null ? 'draft, never published' : `draft of version ${version}`}</Badge>;
}

function ProblemCount({ isPressed, onClick }: { isPressed: boolean; onClick: () => void }) {
  const { issues } = use(IssuesContext);
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;
  return (
    <Button
      variant={isPressed ? 'light' : 'default'}
      px={8}
      aria-pressed={isPressed}
      aria-label={`Problems: ${errors} errors, ${warnings} warnings`}
      onClick={onClick}
    >
      <Group gap={8} wrap="nowrap">
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
