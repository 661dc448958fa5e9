import { Anchor, Button, DataList, Divider, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconReload } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { OutboxDetail } from '../../../schemas/api/outbox.ts';
import { useOutboxItem, useRetryOutbox } from '../../api/outbox.ts';
import { useMay } from '../../api/session.ts';
import { confirm } from '../../shell/confirm.tsx';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { StateBadge } from '../../shell/StateBadge.tsx';
import { AnswerText } from './AnswerText.tsx';

interface OutboxDrawerProps {
  /** The mail to show; closed without one. */
  id: string | null;
  onClose: () => void;
}

export function OutboxDrawer({ id, onClose }: OutboxDrawerProps) {
  const item = useOutboxItem(id);
  return (
    <Drawer opened={id !== null} onClose={onClose} title={item.data?.subject ?? 'Auto-response'} size="lg">
      <Resource query={item} name="The mail">
        {(data) => <Detail item={data} />}
      </Resource>
    </Drawer>
  );
}

function Detail({ item }: { item: OutboxDetail }) {
  const facts: readonly [string, React.ReactNode][] = [
    ['To', item.to],
    ['From', item.from],
    ['Created', <RelativeTime key="created" at={item.createdAt} />],
    ...(item.sentAt ? [['Sent', <RelativeTime key="sent" at={item.sentAt} />] as [string, React.ReactNode]] : []),
    ...(item.nextAttemptAt
      ? [['Tried again', <RelativeTime key="next" at={item.nextAttemptAt} />] as [string, React.ReactNode]]
      : []),
    ['Attempts', item.attempts],
    ['Message id', item.messageId],
  ];
  return (
    <Stack gap="md">
      <Group gap={8}>
        <StateBadge state={item.state} />
        <Text size="md">{item.reason}</Text>
      </Group>
      <DataList size="sm">
        {facts.map(([label, value]) => (
          <DataList.Item key={label}>
            <DataList.ItemLabel>{label}</DataList.ItemLabel>
            <DataList.ItemValue>
              <bdi>{value}</bdi>
            </DataList.ItemValue>
          </DataList.Item>
        ))}
      </DataList>
      <Group gap="xs">
        <Anchor component={Link} to={`/interactions/${item.interaction}`} size="sm">
          The mail that it answers
        </Anchor>
        <RetryButton item={item} />
      </Group>
      <Divider />
      <AnswerText item={item} />
    </Stack>
  );
}

function RetryButton({ item }: { item: OutboxDetail }) {
  const mayHandle = useMay('handle');
  const retry = useRetryOutbox();
  if (!mayHandle || (item.state !== 'failed' && item.state !== 'uncertain')) return null;

  const send = () =>
    retry.mutate(item.id, {
      onSuccess: () => notifyDone('It is sent again'),
      onError: (error) => notifyError(error, 'Not sent'),
    });
  const ask = () =>
    item.state === 'failed'
      ? send()
      : confirm({
          title: 'Send it again?',
          text: `Nobody knows whether the server took this mail before the connection was lost. If it did, ${item.to} gets it twice.`,
          yes: 'Send again',
          onYes: send,
        });
  return (
    <Button variant="default" leftSection={<IconReload size={16} />} loading={retry.isPending} onClick={ask}>
      Send again
    </Button>
  );
}
