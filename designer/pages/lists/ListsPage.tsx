import { Anchor, Button, Paper, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconListSearch, IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import type { ListSummary } from '../../../schemas/api/lists.ts';
import { useCreateList, useLists } from '../../api/lists.ts';
import { useMay } from '../../api/session.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { EntryDialog } from '../../shell/form/EntryDialog.tsx';
import { formatCount } from '../../shell/format.ts';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import table from '../../shell/table.module.css';
import { UsedBy } from '../../shell/UsedBy.tsx';

/** Lists of values under a name, which conditions of every flow can look something up in. */
export function ListsPage() {
  const lists = useLists();
  const create = useCreateList();
  const mayDraw = useMay('draw');
  const navigate = useNavigate();
  const [isCreating, dialog] = useDisclosure(false);
  const button = mayDraw && (
    <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
      New list
    </Button>
  );
  return (
    <Page
      title="Lists"
      description="Senders, domains or keywords under a name. Every flow can look values up in them, and a change works at once, without publishing."
      actions={button}
    >
      <Resource query={lists} name="The lists">
        {({ items }) => (
          <Paper radius="md">
            {items.length === 0 ? (
              <EmptyNote icon={IconListSearch} title="No list yet" action={button}>
                Make one for your most important senders, then ask in a flow's condition: sender address is in the list.
              </EmptyNote>
            ) : (
              <ListTable lists={items} />
            )}
          </Paper>
        )}
      </Resource>
      <EntryDialog
        noun="list"
        opened={isCreating}
        onClose={dialog.close}
        taken={lists.data?.items.map(({ id }) => id) ?? []}
        save={(words) =>
          create.mutate({ ...words, values: [] }, { onSuccess: (list) => void navigate(`/lists/${list.id}`) })
        }
        saving={create}
      />
    </Page>
  );
}

function ListTable({ lists }: { lists: readonly ListSummary[] }) {
  return (
    <Table.ScrollContainer minWidth={520} type="native">
      <Table aria-label="Lists" className={table.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>List</Table.Th>
            <Table.Th className={table.number}>Values</Table.Th>
            <Table.Th w="36%">Used by</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lists.map((list) => (
            <Table.Tr key={list.id} className={table.row}>
              <Table.Td>
                <Anchor component={Link} to={`/lists/${list.id}`} className={table.link} size="md">
                  <bdi>{list.name}</bdi>
                </Anchor>
                <Text size="xs" c="var(--sluice-muted)" lineClamp={1}>
                  {list.id}
                  {list.description && ` · ${list.description}`}
                </Text>
              </Table.Td>
              <Table.Td className={table.number}>{formatCount(list.count)}</Table.Td>
              <Table.Td>
                <UsedBy flows={list.usedBy} filters={list.filters} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
