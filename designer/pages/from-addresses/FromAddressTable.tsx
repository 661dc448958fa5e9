import { ActionIcon, Group, Table, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import type { FromAddressView } from '../../../schemas/api/from-addresses.ts';
import { useDeleteFromAddress } from '../../api/from-addresses.ts';
import { useRoutes } from '../../api/routes.ts';
import { useNames } from '../../api/useNames.ts';
import { confirm } from '../../shell/confirm.tsx';
import { notifyError } from '../../shell/notify.ts';
import table from '../../shell/table.module.css';

interface FromAddressTableProps {
  items: readonly FromAddressView[];
  /** Left out where nothing may be changed. */
  onEdit: ((entry: FromAddressView) => void) | undefined;
}

export function FromAddressTable({ items, onEdit }: FromAddressTableProps) {
  const remove = useDeleteFromAddress();
  const askToDelete = ({ id, address }: FromAddressView) =>
    confirm({
      title: `Delete ${address}?`,
      text: 'Nothing can be sent from it any more. What was sent stays in the outbox.',
      yes: 'Delete the address',
      onYes: () => remove.mutate(id, { onError: (error) => notifyError(error, 'Not deleted') }),
    });
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table aria-label="From addresses" className={table.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Address</Table.Th>
            <Table.Th w="26%">Name</Table.Th>
            <Table.Th w="30%">Used by</Table.Th>
            <Table.Th w={80} aria-label="Change and delete" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((entry) => (
            <Table.Tr key={entry.id}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Text size="md" fw={500}>
                  <bdi>{entry.address}</bdi>
                </Text>
                {entry.problem && (
                  <Text size="xs" c="var(--sluice-warning)">
                    {entry.problem}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <bdi>{entry.name || '–'}</bdi>
              </Table.Td>
              <Table.Td>
                <UsersOf entry={entry} />
              </Table.Td>
              <Table.Td>
                {onEdit && (
                  <Group gap={2} wrap="nowrap" justify="flex-end">
                    <ActionIcon size="sm" aria-label={`Change ${entry.address}`} onClick={() => onEdit(entry)}>
                      <IconPencil size={15} />
                    </ActionIcon>
                    <ActionIcon
                      size="sm"
                      color="red"
                      aria-label={`Delete ${entry.address}`}
                      onClick={() => askToDelete(entry)}
                    >
                      <IconTrash size={15} />
                    </ActionIcon>
                  </Group>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function UsersOf({ entry: { usedBy } }: { entry: FromAddressView }) {
  const names = useNames();
  const routes = useRoutes().data?.items;
  const routeName = (id: string) => {
    const route = routes?.find((each) => each.id === id);
    return route?.name || route?.pattern || id;
  };
  const { agentsOf } = usedBy;
  const users = [
    ...usedBy.routes.map((id) => `route ${routeName(id)}`),
    ...usedBy.flows.map((id) => `flow ${names.flow(id)}`),
    ...agentsOf.routes.map((id) => `agents by route ${routeName(id)}`),
    ...agentsOf.queues.map((id) => `agents in queue ${names.queue(id)}`),
  ].join(' · ');
  return (
    <Text size="sm" c={users ? undefined : 'var(--sluice-muted)'} style={{ overflowWrap: 'anywhere' }}>
      {users || 'nothing yet'}
    </Text>
  );
}
