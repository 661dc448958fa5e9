import { Alert, SimpleGrid, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { OutboundMailboxView } from '../../../schemas/api/outbound-mailboxes.ts';
import { useChangeOutbound } from '../../api/outbound-mailboxes.ts';
import { useMay } from '../../api/session.ts';
import { formatCount } from '../../shell/format.ts';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Fact } from './Fact.tsx';
import { ListRow } from './ListRow.tsx';
import { OutboundMenu } from './OutboundMenu.tsx';
import { senderForms } from './senders/index.ts';

const states = {
  ready: { text: 'ready', colour: 'green' },
  slowed: { text: 'slowed', colour: 'yellow' },
  suspended: { text: 'suspended', colour: 'red' },
  off: { text: 'switched off', colour: 'gray' },
} as const;

export function OutboundRow({ mailbox, isLast }: { mailbox: OutboundMailboxView; isLast: boolean }) {
  const maySet = useMay('settings');
  const change = useChangeOutbound();
  const { status, enabled, name } = mailbox;
  const form = senderForms[mailbox.type];
  const toggle = () =>
    change.mutate(
      { id: mailbox.id, change: { enabled: !enabled } },
      {
        onSuccess: () => notifyDone(enabled ? `${name} is switched off: its mails wait` : `${name} is switched on`),
        onError: (error) => notifyError(error),
      },
    );

  return (
    <ListRow
      direction="outbound"
      name={name}
      to={maySet ? `/mailboxes/outbound/${mailbox.id}` : undefined}
      {...(mailbox.isDefault && { mark: 'default' })}
      address={mailbox.from ?? 'The address that was written to'}
      type={`${form.label} · ${form.whereOf(mailbox)}`}
      state={states[status.state]}
      amount={status.waiting === 0 ? 'nothing waits' : `${formatCount(status.waiting)} waiting`}
      lastSuccessAt={status.lastSuccessAt}
      isEnabled={enabled}
      onToggle={maySet ? toggle : undefined}
      isToggling={change.isPending}
      menu={maySet && <OutboundMenu mailbox={mailbox} isLast={isLast} />}
      problem={problemOf(mailbox)}
      details={<Details mailbox={mailbox} />}
    />
  );
}

function problemOf({ status }: OutboundMailboxView) {
  if (!status.reason && status.delayed === 0) return null;
  return (
    <Alert
      color={status.state === 'suspended' || status.delayed > 0 ? 'red' : 'yellow'}
      icon={<IconAlertTriangle size={18} />}
      p="xs"
    >
      {status.reason && <Text size="sm">{status.reason}</Text>}
      {status.delayed > 0 && (
        <Text size="sm">
          {formatCount(status.delayed)} {status.delayed === 1 ? 'mail waits' : 'mails wait'} for more than 2 days. After
          4 days they are given up.
        </Text>
      )}
      {status.nextTryAt && (
        <Text size="xs" opacity={0.8}>
          Tried again <RelativeTime at={status.nextTryAt} soon="in a moment" />
        </Text>
      )}
    </Alert>
  );
}

function Details({ mailbox }: { mailbox: OutboundMailboxView }) {
  const { status, limits } = mailbox;
  const limit = [
    limits.perSecond && `${formatCount(limits.perSecond)} a second`,
    limits.perMinute && `${formatCount(limits.perMinute)} a minute`,
    limits.perDay && `${formatCount(limits.perDay)} a day`,
  ].filter(Boolean);
  return (
    <>
      {mailbox.description && (
        <Text size="sm" mb="xs">
          {mailbox.description}
        </Text>
      )}
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs" verticalSpacing={6}>
        <Fact label="Under way">
          {formatCount(status.inFlight)} of {mailbox.connections}
        </Fact>
        <Fact label="Limit">{limit.length > 0 ? limit.join(', ') : 'none'}</Fact>
        <Fact label="Waits since">
          {status.oldestWaitingAt ? <RelativeTime at={status.oldestWaitingAt} /> : 'nothing waits'}
        </Fact>
        <Fact label="Sends for">
          {mailbox.sendsFor.length > 0 ? mailbox.sendsFor.join(', ') : mailbox.isDefault ? 'all others' : 'nobody yet'}
        </Fact>
      </SimpleGrid>
      {status.note && (
        <Text size="sm" mt="xs">
          {status.note}
        </Text>
      )}
    </>
  );
}
