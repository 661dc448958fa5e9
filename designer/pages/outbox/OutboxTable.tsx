import { Badge, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { OutboxItem } from '../../../schemas/api/outbox.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { StateBadge } from '../../shell/StateBadge.tsx';
import table from '../../shell/table.module.css';

/** @param query of the page's address, which a mail that is opened keeps */
export function OutboxTable({ items, query }: { items: readonly OutboxItem[]; query: string }) {
  return (
    <Table.ScrollContainer minWidth={700} type="native">
      <Table aria-label="Outbox" className={table.table} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Mail</Table.Th>
            <Table.Th w={110}>State</Table.Th>
            <Table.Th w="32%">Reason</Table.Th>
            <Table.Th w={130}>When</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={item.id} className={table.row}>
              <Table.Td>
                <Link to={`/outbox/${item.id}${query}`} className={table.link} dir="auto">
                  <Text span inherit truncate="end" display="block">
                    {item.subject}
                  </Text>
                </Link>
                <Text size="xs" c="var(--sluice-muted)" truncate="end">
                  {item.kind === 'copy' ? 'blind copy to ' : 'to '}
                  <bdi>{item.to}</bdi>
                </Text>
              </Table.Td>
              <Table.Td>
                <StateBadge state={item.state} />
                {item.isDelayed && (
                  <Badge color="red" variant="outline" size="xs" mt={4}>
                    delayed
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>
                <Text size="sm" lineClamp={2}>
                  {item.reason || '–'}
                </Text>
              </Table.Td>
              <Table.Td>
                <RelativeTime at={item.sentAt ?? item.createdAt} />
                {item.nextAttemptAt && item.state === 'waiting' && item.attempts > 0 && (
                  <Text size="xs" c="var(--sluice-muted)">
                    again <RelativeTime at={item.nextAttemptAt} soon="in a moment" />
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
