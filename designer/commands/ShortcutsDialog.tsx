import { Group, Kbd, Stack, Text, Title } from '@mantine/core';
import { Dialog } from '../shell/Dialog.tsx';
import { allCommands } from './command-table.ts';
import classes from './ShortcutsDialog.module.css';
import { shownKeys } from './shortcut.ts';

/** Every command that has a key, by group. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const withKeys = allCommands().filter(([, { keys }]) => keys !== undefined);
  return (
    <Dialog onClose={onClose} title="Keyboard shortcuts" size="xl">
      <div className={classes.columns}>
        {[...Map.groupBy(withKeys, ([, { group }]) => group)].map(([group, members]) => (
          <Stack key={group} gap={6} className={classes.group}>
            <Title order={3}>{group}</Title>
            {members.map(([id, { title, keys }]) => (
              <Group key={id} justify="space-between" wrap="nowrap" gap="xs">
                <Text size="sm">{title}</Text>
                <Kbd size="xs" style={{ whiteSpace: 'nowrap' }}>
                  {shownKeys(keys?.[0] ?? '')}
                </Kbd>
              </Group>
            ))}
          </Stack>
        ))}
      </div>
    </Dialog>
  );
}
