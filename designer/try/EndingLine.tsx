import { Badge, Group, Text } from '@mantine/core';
import { IconCircleX, IconInbox } from '@tabler/icons-react';
import type { Ending } from '../../schemas/run.ts';
import { useCardWords } from '../actions/useCardWords.ts';

/** Where the mail went, in one sentence. */
export function EndingLine({ ending }: { ending: Ending }) {
  const words = useCardWords();
  const isDisconnect = ending.type === 'disconnect';
  const Icon = isDisconnect ? IconCircleX : IconInbox;
  return (
    <Group gap={8} wrap="nowrap" align="flex-start" role="status">
      <Icon
        size={19}
        color={`var(--mantine-color-${isDisconnect ? 'red' : 'green'}-6)`}
        style={{ flex: 'none' }}
        aria-hidden
      />
      <div>
        <Text fw={600} size="md">
          {isDisconnect ? 'Disconnected' : `Waits in ${words.queue(ending.queue ?? '')}, priority ${ending.priority}`}
        </Text>
        {ending.skills !== undefined && ending.skills.length > 0 && (
          <Text size="xs">needs {ending.skills.join(', ')}</Text>
        )}
        {ending.reason !== undefined && ending.reason !== '' && (
          <Text size="xs" c="var(--sluice-muted)">
            {ending.reason}
          </Text>
        )}
        {ending.fallback === true && (
          <Badge color="orange" mt={4}>
            by the fallback
          </Badge>
        )}
      </div>
    </Group>
  );
}
