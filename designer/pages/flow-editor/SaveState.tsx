import { Button, Group, Popover, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCloudUpload, IconLoader2 } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { Autosave } from './autosave.ts';

/** Whether the server has what is on screen; where it does not, why, and what can be done. */
export function SaveState({ autosave, onReload }: { autosave: Autosave; onReload: () => void }) {
  const status = useStore(autosave.state, (state) => state.status);
  if (status.is === 'conflict') {
    return (
      <Popover width={330} shadow="md" defaultOpened>
        <Popover.Target>
          <Button color="red" variant="light" leftSection={<IconAlertTriangle size={14} />}>
            Saved elsewhere
          </Button>
        </Popover.Target>
        <Popover.Dropdown role="alert">
          <Stack gap="xs">
            <Text size="sm">{status.reason}</Text>
            <Group gap="xs">
              <Button variant="default" onClick={onReload}>
                Load the other one
              </Button>
              <Button color="red" onClick={() => void autosave.overwrite()}>
                Save over it
              </Button>
            </Group>
            <Text size="xs" c="var(--sluice-muted)">
              Loading drops what you changed here since the last save.
            </Text>
          </Stack>
        </Popover.Dropdown>
      </Popover>
    );
  }
  if (status.is === 'failed') {
    return (
      <Button
        color="red"
        variant="light"
        leftSection={<IconAlertTriangle size={14} />}
        title={status.reason}
        onClick={() => void autosave.flush()}
      >
        Not saved, try again
      </Button>
    );
  }
  const { icon: Icon, words } = looks[status.is];
  return (
    <Group gap={5} wrap="nowrap" c="var(--sluice-muted)" role="status">
      <Icon size={14} aria-hidden />
      <Text size="xs">{words}</Text>
    </Group>
  );
}

const looks = {
  saved: { icon: IconCheck, words: 'Saved' },
  waiting: { icon: IconCloudUpload, words: 'Changed' },
  saving: { icon: IconLoader2, words: 'Saving…' },
};
