import { Anchor, Button, DataList, Divider, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconBan, IconReload } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { OutboxDetail } from '../../../schemas/api/outbox.ts';
import { outboxSourceUrl, useGiveUpOutbox, useOutboxItem, useRetryOutbox } from '../../api/outbox.ts';
import { useMay } from '../../api/session.ts';
import { confirm } from '../../shell/confirm.tsx';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { RemovedNote } from '../../shell/RemovedNote.tsx';
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
    <Drawer opened={id !== null} onClose={onClose} title={item.data?.subject ?? 'Outgoing mail'} size="lg">
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
    ...(item.outbound ? [['Outbound mailbox', item.outbound] as [string, React.ReactNode]] : []),
    ['Envelope sender', item.envelopeFrom || 'none, so that nobody hears of a failure'],
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
        {item.state !== 'withheld' && !item.removed && (
          <Anchor href={outboxSourceUrl(item.id)} download size="sm">
            Source (.eml)
          </Anchor>
        )}
        <RetryButton item={item} />
        <GiveUpButton item={item} />
      </Group>
      {item.reports.length > 0 && <Reports item={item} />}
      <Divider />
      {item.removed ? <RemovedNote what="The text" removal={item.removed} /> : <AnswerText item={item} />}
    </Stack>
  );
}

/** What servers said later: a hint changed nothing, since anybody could have written it. */
function Reports({ item }: { item: OutboxDetail }) {
  return (
    <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }} aria-label="Delivery reports">
      {item.reports.map((report) => (
        <Text key={`${report.interaction} ${report.at}`} component="li" size="sm">
          {report.proof === 'hint' && 'Unproven: '}
          {report.reason} ·{' '}
          <Anchor component={Link} to={`/interactions/${report.interaction}`} size="sm">
            the report
          </Anchor>{' '}
          · <RelativeTime at={report.at} />
        </Text>
      ))}
    </Stack>
  );
}

const retryTexts = {
  waiting: 'Try now',
  failed: 'Send again',
  bounced: 'Send again',
  uncertain: 'Send again',
} as const;

function RetryButton({ item }: { item: OutboxDetail }) {
  const mayHandle = useMay('handle');
  const retry = useRetryOutbox();
  const { state } = item;
  if (
    !mayHandle ||
    item.removed ||
    (state !== 'failed' && state !== 'uncertain' && state !== 'bounced' && state !== 'waiting')
  )
    return null;

  const send = () =>
    retry.mutate(item.id, {
      onSuccess: () => notifyDone(state === 'waiting' ? 'It is tried now' : 'It is sent again'),
      onError: (error) => notifyError(error, 'Not sent'),
    });
  const doubts = {
    uncertain: `Nobody knows whether ${item.to} has this mail already. If so, it comes twice.`,
    failed: `The server refused it: ${item.reason}. Send it again once the reason is gone.`,
    bounced: `It came back: ${item.reason}. Send it again once the reason is gone.`,
  };
  const ask = () =>
    state === 'waiting'
      ? send()
      : confirm({ title: 'Send it again?', text: doubts[state], yes: 'Send again', onYes: send });
  return (
    <Button variant="default" leftSection={<IconReload size={16} />} loading={retry.isPending} onClick={ask}>
      {retryTexts[state]}
    </Button>
  );
}

function GiveUpButton({ item }: { item: OutboxDetail }) {
  const mayHandle = useMay('handle');
  const giveUp = useGiveUpOutbox();
  if (!mayHandle || (item.state !== 'waiting' && item.state !== 'uncertain')) return null;
  const ask = () =>
    confirm({
      title: 'Give it up?',
      text: `${item.state === 'waiting' ? `${item.to} does not get this mail. ` : 'It is not sent again by itself in any case. '}It stays in the outbox as failed, and can be sent again from there.`,
      yes: 'Give up',
      onYes: () => giveUp.mutate(item.id, { onError: (error) => notifyError(error, 'Not given up') }),
    });
  return (
    <Button variant="default" leftSection={<IconBan size={16} />} loading={giveUp.isPending} onClick={ask}>
      Give up
    </Button>
  );
}
