import { Anchor, Button, Paper, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconInbox, IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { QueueView } from '../../../schemas/api/queues.ts';
import { useQueues } from '../../api/queues.ts';
import { useMay } from '../../api/session.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { formatCount } from '../../shell/format.ts';
import { Page } from '../../shell/Page.tsx';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import table from '../../shell/table.module.css';
import { QueueDialog } from './QueueDialog.tsx';

export function QueuesPage() {
  const queues = useQueues();
  const maySet = useMay('settings');
  const [isCreating, dialog] = useDisclosure(false);
  const create = maySet && (
    <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
      New queue
    </Button>
  );

  return (
    <Page
      title="Queues"
      description="Mail waits here for people: the highest priority first, where one point counts as one minute of waiting."
      actions={create}
    >
      <Resource query={queues} name="The queues">
        {({ items }) => (
          <Paper radius="md">
            {items.length === 0 ? (
              <EmptyNote icon={IconInbox} title="No queue yet" action={create}>
                A flow hands mail to people by a queue. Make the first one, then name it in a flow's Transfer to queue.
              </EmptyNote>
            ) : (
              <QueueTable queues={items} />
            )}
          </Paper>
        )}
      </Resource>
      <QueueDialog
        opened={isCreating}
        onClose={dialog.close}
        taken={queues.data?.items.map((queue) => queue.id) ?? []}
      />
    </Page>
  );
}

function QueueTable({ queues }: { queues: readonly QueueView[] }) {
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table aria-label="Queues" className={table.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Queue</Table.Th>
            <Table.Th className={table.number}>Waiting</Table.Th>
            <Table.Th className={table.number}>Claimed</Table.Th>
            <Table.Th w={190}>Longest waiting since</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {queues.map((queue) => (
            <Table.Tr key={queue.id} className={table.row}>
              <Table.Td>
                <Anchor component={Link} to={`/queues/${queue.id}`} className={table.link} size="md">
                  <bdi>{queue.name}</bdi>
                </Anchor>
                <Text size="xs" c="var(--sluice-muted)" lineClamp={1}>
                  {queue.id}
                  {queue.description && ` · ${queue.description}`}
                </Text>
              </Table.Td>
              <Table.Td className={table.number}>
                <Text fw={queue.waiting > 0 ? 600 : 400} c={queue.waiting > 0 ? undefined : 'var(--sluice-muted)'}>
                  {formatCount(queue.waiting)}
                </Text>
              </Table.Td>
              <Table.Td className={table.number}>
                <Text c={queue.claimed > 0 ? undefined : 'var(--sluice-muted)'}>{formatCount(queue.claimed)}</Text>
              </Table.Td>
              <Table.Td>{queue.oldestAt ? <RelativeTime at={queue.oldestAt} /> : '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
