import { Group, Paper, SimpleGrid, Text } from '@mantine/core';
import { IconInbox, IconMailbox, IconMailForward, IconRoute, type TablerIcon } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useFlows } from '../../api/flows.ts';
import { useMailboxes } from '../../api/mailboxes.ts';
import { useOutbox } from '../../api/outbox.ts';
import { useQueues } from '../../api/queues.ts';
import { formatCount } from '../../shell/format.ts';
import classes from './StatusCards.module.css';

export function StatusCards() {
  const queues = useQueues().data?.items;
  const mailboxes = useMailboxes().data?.items;
  const flows = useFlows().data?.items;
  const outbox = useOutbox({}, 100).data?.pages[0];

  const waiting = queues?.reduce((sum, queue) => sum + queue.waiting, 0);
  const enabled = mailboxes?.filter((mailbox) => mailbox.enabled);
  const connected = enabled?.filter((mailbox) => mailbox.status.state === 'connected').length;
  const published = flows?.filter((flow) => flow.version !== null).length;
  const troubled = outbox?.items.filter((item) => item.state === 'failed' || item.state === 'uncertain').length ?? 0;

  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Card
        to="/queues"
        icon={IconInbox}
        label="Waiting in queues"
        value={waiting}
        note={queues && `${queues.length} queues`}
      />
      <Card
        to="/outbox"
        icon={IconMailForward}
        label="In the outbox"
        value={outbox?.items.length}
        more={outbox?.next !== null}
        note={troubled > 0 ? `${troubled} need a look` : 'Nothing needs a look'}
        isWrong={troubled > 0}
      />
      <Card
        to="/mailboxes"
        icon={IconMailbox}
        label="Mailboxes connected"
        value={connected}
        note={enabled && (connected === enabled.length ? 'All of them' : `of ${enabled.length}`)}
        isWrong={enabled !== undefined && connected !== enabled.length}
      />
      <Card
        to="/flows"
        icon={IconRoute}
        label="Flows published"
        value={published}
        note={flows && `${flows.filter((flow) => flow.draft).length} with a draft of yours`}
      />
    </SimpleGrid>
  );
}

interface CardProps {
  to: string;
  icon: TablerIcon;
  label: string;
  value: number | undefined;
  /** There are more than were counted. */
  more?: boolean;
  note: string | undefined;
  isWrong?: boolean;
}

function Card({ to, icon: Icon, label, value, more = false, note, isWrong = false }: CardProps) {
  return (
    <Paper component={Link} to={to} px="md" py="sm" radius="md" className={classes.card}>
      <Group gap={8} wrap="nowrap" c="var(--sluice-muted)">
        <Icon size={16} stroke={1.7} aria-hidden />
        <Text size="sm" truncate="end">
          {label}
        </Text>
      </Group>
      <Group gap={8} align="baseline">
        <Text fz="1.5rem" fw={600} lh={1.3} style={{ fontVariantNumeric: 'tabular-nums' }}>
          {value === undefined ? '–' : `${formatCount(value)}${more ? '+' : ''}`}
        </Text>
        <Text
          size="xs"
          c={isWrong ? 'light-dark(var(--mantine-color-red-8), var(--mantine-color-red-4))' : 'var(--sluice-muted)'}
        >
          {note}
        </Text>
      </Group>
    </Paper>
  );
}
