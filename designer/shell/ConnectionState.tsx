import { Box, Group, Text, Tooltip } from '@mantine/core';
import { useLiveState } from './LiveConnection.tsx';

const words = {
  connecting: { label: 'Connecting…', hint: 'Waiting for the server', colour: 'var(--mantine-color-gray-5)' },
  live: { label: 'Live', hint: 'Pages follow the server without reloading', colour: 'var(--mantine-color-green-6)' },
  reconnecting: {
    label: 'Reconnecting…',
    hint: 'The server does not answer. What you see may be old; it is fetched again as soon as it is back.',
    colour: 'var(--mantine-color-orange-6)',
  },
};

export function ConnectionState({ isRail }: { isRail: boolean }) {
  const { label, hint, colour } = words[useLiveState()];
  return (
    <Tooltip label={hint} position="right" multiline maw={260}>
      <Group gap={8} px={isRail ? 0 : 10} py={4} wrap="nowrap" role="status">
        <Box w={8} h={8} bg={colour} style={{ borderRadius: 8, flex: 'none' }} />
        <Text
          size="xs"
          c="var(--sluice-muted)"
          style={isRail ? { position: 'absolute', clipPath: 'inset(50%)', whiteSpace: 'nowrap' } : undefined}
        >
          {label}
        </Text>
      </Group>
    </Tooltip>
  );
}
