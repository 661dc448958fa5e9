import { ActionIcon, Button, Group, Select, Table, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import type { Route } from '../../../schemas/route.ts';
import { useFlows } from '../../api/flows.ts';
import { useRoutes, useSaveRoutes } from '../../api/settings.ts';
import { MailboxPicker } from '../../fields/pickers/MailboxPicker.tsx';
import { StoredForm } from '../../shell/form/StoredForm.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { Section } from './Section.tsx';

export function RoutesSection() {
  const routes = useRoutes();
  return (
    <Section
      title="Routes"
      description="Which mail runs which flow. The most exact pattern wins: an address before *@domain before *; equals are tried in this order."
    >
      <Resource query={routes} name="The routes">
        {({ items }) => <RoutesForm stored={items.map(({ problems: _, ...route }) => route)} />}
      </Resource>
    </Section>
  );
}

function RoutesForm({ stored }: { stored: readonly Route[] }) {
  const save = useSaveRoutes();
  return (
    <StoredForm
      stored={{ items: [...stored] }}
      save={save}
      actions={({ items }, change) => (
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => change({ items: [...items, { id: freeId(items), pattern: '', flow: '' }] })}
        >
          Add a route
        </Button>
      )}
    >
      {({ items }, change) => <RouteTable items={items} onChange={(next) => change({ items: next })} />}
    </StoredForm>
  );
}

function RouteTable({ items, onChange }: { items: readonly Route[]; onChange: (items: Route[]) => void }) {
  if (items.length === 0) {
    return <Text size="sm">No route: every mail is quarantined, because no flow is named for it.</Text>;
  }
  return (
    <Table aria-label="Routes" horizontalSpacing={6} verticalSpacing={4} withRowBorders={false} layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="36%">Mail to</Table.Th>
          <Table.Th>in mailbox</Table.Th>
          <Table.Th>runs the flow</Table.Th>
          <Table.Th w={96} aria-label="Order and delete" />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((route, i) => (
          <RouteRow
            key={route.id}
            route={route}
            position={i}
            count={items.length}
            onChange={(next) => onChange(items.with(i, next))}
            onMove={(to) => onChange(items.toSpliced(i, 1).toSpliced(to, 0, route))}
            onDelete={() => onChange(items.toSpliced(i, 1))}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface RouteRowProps {
  route: Route;
  position: number;
  count: number;
  onChange: (route: Route) => void;
  onMove: (to: number) => void;
  onDelete: () => void;
}

function RouteRow({ route, position, count, onChange, onMove, onDelete }: RouteRowProps) {
  const flows = useFlows().data?.items.filter(({ type }) => type !== 'module') ?? [];
  const name = route.pattern || `route ${position + 1}`;
  return (
    <Table.Tr>
      <Table.Td>
        <TextInput
          aria-label="Pattern"
          placeholder="support@example.com, *@example.com or *"
          required
          maxLength={320}
          value={route.pattern}
          onChange={(event) => onChange({ ...route, pattern: event.currentTarget.value.trim() })}
        />
      </Table.Td>
      <Table.Td>
        <MailboxPicker
          name={`Mailbox of ${name}`}
          placeholder="any"
          isRequired={false}
          value={route.mailbox ?? ''}
          onChange={(mailbox) => {
            const { mailbox: _, ...rest } = route;
            onChange(mailbox === '' ? rest : { ...rest, mailbox });
          }}
        />
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`Flow of ${name}`}
          placeholder="Choose a flow"
          required
          searchable
          allowDeselect={false}
          data={flows.map((flow) => ({ value: flow.id, label: flow.name }))}
          value={route.flow || null}
          onChange={(flow) => flow !== null && onChange({ ...route, flow })}
        />
      </Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap" justify="flex-end">
          <ActionIcon aria-label={`Move ${name} up`} disabled={position === 0} onClick={() => onMove(position - 1)}>
            <IconArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            aria-label={`Move ${name} down`}
            disabled={position === count - 1}
            onClick={() => onMove(position + 1)}
          >
            <IconArrowDown size={16} />
          </ActionIcon>
          <ActionIcon aria-label={`Delete ${name}`} color="red" onClick={onDelete}>
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function freeId(routes: readonly Route[]): string {
  let number = routes.length + 1;
  while (routes.some((route) => route.id === `route-${number}`)) number += 1;
  return `route-${number}`;
}
