import { Group, Kbd, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { allCommands } from './command-table.ts';
import { shownKeys } from './shortcut.ts';

/** Every command that has a key, by group. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const withKeys = allCommands().filter(([, { keys }]) => keys !== undefined);
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {[...Map.groupBy(withKeys, ([, { group }]) => group)].map(([group, members]) => (
          <Stack key={group} gap={6}>
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
      </SimpleGrid>
    </Modal>
  );
}
