import { Group, Kbd, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { shortcuts } from './shortcuts.ts';

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const mod = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        {shortcuts.map(({ group, keys }) => (
          <Stack key={group} gap={6}>
            <Title order={3}>{group}</Title>
            {keys.map(({ keys: name, does }) => (
              <Group key={name} justify="space-between" wrap="nowrap" gap="xs">
                <Text size="sm">{does}</Text>
                <Kbd size="xs" style={{ whiteSpace: 'nowrap' }}>
                  {name.replace('mod', mod).replaceAll('+', ' ')}
                </Kbd>
              </Group>
            ))}
          </Stack>
        ))}
      </SimpleGrid>
    </Modal>
  );
}
