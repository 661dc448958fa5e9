import { Button, Group, Popover, Stack, Text, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconCloudOff,
  IconCloudUpload,
  IconGitMerge,
  IconLoader2,
} from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useCommandContext } from '../../commands/useCommands.ts';
import type { Autosave } from './autosave.ts';
import classes from './FlowEditor.module.css';

/** Whether the server has what is on screen; where it does not, why, and what can be done. */
export function SaveState({ autosave, onReload }: { autosave: Autosave; onReload: () => void }) {
  const status = useStore(autosave.state, (state) => state.status);
  switch (status.is) {
    case 'conflict':
      return <Conflict reason={status.reason} autosave={autosave} onReload={onReload} />;
    case 'offline':
      return (
        <Tooltip
          multiline
          maw={300}
          label="The server does not answer. Your work is kept in this browser and sent when it does."
        >
          <Button
            color="yellow"
            variant="light"
            leftSection={<IconCloudOff size={14} />}
            onClick={() => void autosave.flush()}
          >
            Kept in this browser
          </Button>
        </Tooltip>
      );
    case 'failed':
      return (
        <Tooltip multiline maw={300} label={`${status.reason} Your work is kept in this browser.`}>
          <Button
            color="red"
            variant="light"
            leftSection={<IconAlertTriangle size={14} />}
            onClick={() => void autosave.flush()}
          >
            Not saved, try again
          </Button>
        </Tooltip>
      );
    default: {
      const { icon: Icon, words } = looks[status.is];
      return (
        <Group gap={5} wrap="nowrap" c="var(--sluice-muted)" role="status" title={words}>
          <Icon size={14} aria-hidden />
          <Text size="xs" className={classes.saved ?? ''}>
            {words}
          </Text>
        </Group>
      );
    }
  }
}

function Conflict({ reason, autosave, onReload }: { reason: string; autosave: Autosave; onReload: () => void }) {
  const { workbench } = useCommandContext();
  const load = () => {
    autosave.forget();
    onReload();
  };
  return (
    <Popover width={360} shadow="md" defaultOpened>
      <Popover.Target>
        <Button color="red" variant="light" leftSection={<IconAlertTriangle size={14} />}>
          Saved elsewhere
        </Button>
      </Popover.Target>
      <Popover.Dropdown role="alert">
        <Stack gap="xs">
          <Text size="sm">{reason}</Text>
          <Group gap="xs">
            <Button leftSection={<IconGitMerge size={14} />} onClick={() => workbench.getState().open('merge')}>
              Merge both
            </Button>
            <Button variant="default" onClick={load}>
              Load the other one
            </Button>
            <Button variant="subtle" color="red" onClick={() => void autosave.overwrite()}>
              Save over it
            </Button>
          </Group>
          <Text size="xs" c="var(--sluice-muted)">
            Loading drops what you changed here since the last save; saving over it drops what was saved elsewhere.
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

const looks = {
  saved: { icon: IconCheck, words: 'Saved' },
  waiting: { icon: IconCloudUpload, words: 'Changed' },
  saving: { icon: IconLoader2, words: 'Saving…' },
};
