import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { OutboxItem } from '../../../schemas/api/outbox.ts';
import { useOutbox } from '../../api/outbox.ts';
import { Resource } from '../../shell/Resource.tsx';
import { StateBadge } from '../../shell/StateBadge.tsx';

/** The auto-responses that this mail led to, and what became of each. */
export function InteractionResponses({ id }: { id: string }) {
  const outbox = useOutbox({ interaction: id });
  // Most mails are answered by nobody, or by a person: what people answer stands in the conversation.
  if (outbox.data?.pages.every(({ items }) => items.every(isReply)) !== false) return null;
  return (
    <Paper p="md" radius="md">
      <Stack gap="sm">
        <Title order={2}>Auto-responses</Title>
        <Resource query={outbox} name="The auto-responses" rows={1}>
          {({ pages }) => (
            <Stack gap="sm">
              {pages
                .flatMap((page) => page.items)
                .filter((item) => !isReply(item))
                .map((item) => (
                  <Stack key={item.id} gap={2}>
                    <Group gap={8}>
                      <StateBadge state={item.state} />
                      <Anchor component={Link} to={`/outbox/${item.id}`} size="md">
                        <bdi>{item.subject}</bdi>
                      </Anchor>
                    </Group>
                    <Text size="sm" c="var(--sluice-muted)">
                      {item.kind === 'copy' ? 'blind copy to ' : 'to '}
                      <bdi>{item.to}</bdi>
                      {item.reason && ` · ${item.reason}`}
                    </Text>
                  </Stack>
                ))}
            </Stack>
          )}
        </Resource>
      </Stack>
    </Paper>
  );
}

function isReply({ kind }: OutboxItem): boolean {
  return kind === 'reply';
}
