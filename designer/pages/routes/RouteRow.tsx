import { ActionIcon, Anchor, Switch, Table, Text } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import type { DragEvent, KeyboardEvent } from 'react';
import { Link } from 'react-router';
import type { RouteView } from '../../../schemas/api/routes.ts';
import { useFromAddresses } from '../../api/from-addresses.ts';
import { useChangeRoute, useRoutes } from '../../api/routes.ts';
import { useMay } from '../../api/session.ts';
import { useNames } from '../../api/useNames.ts';
import { notifyError } from '../../shell/notify.ts';
import table from '../../shell/table.module.css';
import { RouteMenu } from './RouteMenu.tsx';
import { RouteTarget } from './RouteTarget.tsx';

interface RouteRowProps {
  route: RouteView;
  place: number;
  count: number;
  mayMove: boolean;
  isOver: boolean;
  onMove: (to: number) => void;
  onDragStart: () => void;
  onDragEnd: () => void;
  onDragOver?: (event: DragEvent) => void;
  onDrop?: (event: DragEvent) => void;
}

export function RouteRow({
  route,
  place,
  count,
  mayMove,
  isOver,
  onMove,
  onDragStart,
  onDragEnd,
  ...drop
}: RouteRowProps) {
  const change = useChangeRoute();
  const names = useNames();
  const mayDraw = useMay('draw');
  const isOn = route.enabled !== false;
  const name = route.name || route.pattern;
  const moveByKey = (event: KeyboardEvent) => {
    const to = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: count - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onMove(to);
  };
  return (
    <Table.Tr
      className={table.row}
      style={isOver ? { boxShadow: 'inset 0 2px 0 var(--mantine-primary-color-filled)' } : undefined}
      {...drop}
    >
      <Table.Td>
        {mayMove && (
          <ActionIcon
            size="sm"
            className={table.above ?? ''}
            style={{ cursor: 'grab' }}
            aria-label={`Move ${name}: arrow keys, or drag`}
            draggable
            onDragStart={onDragStart}
            onDragEnd={onDragEnd}
            onKeyDown={moveByKey}
          >
            <IconGripVertical size={15} />
          </ActionIcon>
        )}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Anchor
          component={Link}
          to={`/routes/${route.id}`}
          className={table.link}
          size="md"
          style={{ opacity: isOn ? 1 : 0.7 }}
        >
          <bdi>{name}</bdi>
        </Anchor>
        <Text size="xs" c="var(--sluice-muted)">
          {[route.name ? route.pattern : '', whereOf(route, names.mailbox)].filter(Boolean).join(' · ')}
        </Text>
        {route.problems.map((problem) => (
          <Text key={problem.code} size="xs" c="var(--sluice-warning)">
            {problem.message}
          </Text>
        ))}
      </Table.Td>
      <Table.Td>
        <RouteTarget route={route} />
        {route.spamFlow && (
          <Text size="xs" c="var(--sluice-muted)">
            spam → flow {route.spamFlow}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Answers route={route} />
      </Table.Td>
      <Table.Td>
        <Switch
          size="xs"
          className={table.above ?? ''}
          aria-label={`${name} is on`}
          checked={isOn}
          disabled={!mayDraw || change.isPending}
          onChange={({ currentTarget }) =>
            change.mutate(
              { id: route.id, change: { enabled: currentTarget.checked } },
              { onError: (error) => notifyError(error) },
            )
          }
        />
      </Table.Td>
      <Table.Td>
        {mayDraw && <RouteMenu route={route} place={place} count={count} onMove={mayMove ? onMove : undefined} />}
      </Table.Td>
    </Table.Tr>
  );
}

function whereOf({ mailbox, folder }: RouteView, nameOf: (id: string) => string): string {
  if (mailbox === undefined) return '';
  return folder === undefined ? `in ${nameOf(mailbox)}` : `in ${nameOf(mailbox)}, folder ${folder}`;
}

function Answers({ route }: { route: RouteView }) {
  const addresses = useFromAddresses().data?.items ?? [];
  const routes = useRoutes().data?.items ?? [];
  const replyTo = routes.find(({ id }) => id === route.replyTo)?.pattern;
  const from = addresses.find(({ id }) => id === route.from)?.address;
  const parts = [
    from === undefined ? '' : `from ${from}`,
    route.fromName === undefined ? '' : `as ${route.fromName}`,
    replyTo === undefined ? '' : `replies to ${replyTo}`,
    route.bcc === undefined ? '' : `${route.bcc.length} blind ${route.bcc.length === 1 ? 'copy' : 'copies'}`,
    route.signature === undefined ? '' : 'signature',
    route.history === undefined ? '' : 'quote',
  ].filter(Boolean);
  return (
    <Text size="sm" c={parts.length === 0 ? 'var(--sluice-muted)' : undefined} style={{ overflowWrap: 'anywhere' }}>
      {parts.length === 0 ? 'from the address written to' : parts.join(' · ')}
    </Text>
  );
}
