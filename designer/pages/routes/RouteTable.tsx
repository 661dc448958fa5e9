import { Table } from '@mantine/core';
import { type DragEvent, useState } from 'react';
import type { RouteView } from '../../../schemas/api/routes.ts';
import { useMoveRoutes } from '../../api/routes.ts';
import { useMay } from '../../api/session.ts';
import { announce } from '../../shell/announce.ts';
import { notifyError } from '../../shell/notify.ts';
import table from '../../shell/table.module.css';
import { RouteRow } from './RouteRow.tsx';

interface RouteTableProps {
  /** Those that are shown. */
  routes: readonly RouteView[];
  all: readonly RouteView[];
  /** True where the whole list is shown, and can be put into another order. */
  isOrdered: boolean;
}

export function RouteTable({ routes, all, isOrdered }: RouteTableProps) {
  const move = useMoveRoutes();
  const mayMove = useMay('draw') && isOrdered;
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);

  const moveTo = (id: string, to: number) => {
    const ids = all.map((route) => route.id);
    const from = ids.indexOf(id);
    if (from === -1 || from === to || to < 0 || to >= ids.length) return;
    move.mutate(ids.toSpliced(from, 1).toSpliced(to, 0, id), {
      onSuccess: () => announce(`Now at place ${to + 1} of ${ids.length}`),
      onError: (error) => notifyError(error, 'Not moved'),
    });
  };
  const dragProps = (id: string) =>
    mayMove
      ? {
          onDragOver: (event: DragEvent) => {
            if (dragged === null) return;
            event.preventDefault();
            setOver(id);
          },
          onDrop: (event: DragEvent) => {
            event.preventDefault();
            if (dragged !== null)
              moveTo(
                dragged,
                all.findIndex((route) => route.id === id),
              );
            setDragged(null);
            setOver(null);
          },
        }
      : {};

  return (
    <Table.ScrollContainer minWidth={820} type="native">
      <Table aria-label="Routes" className={table.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={34} aria-label="Place" />
            <Table.Th>Mail to</Table.Th>
            <Table.Th w="28%">Goes to</Table.Th>
            <Table.Th w="24%">Answers</Table.Th>
            <Table.Th w={70}>On</Table.Th>
            <Table.Th w={50} aria-label="More" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {routes.map((route) => (
            <RouteRow
              key={route.id}
              route={route}
              place={all.indexOf(route)}
              count={all.length}
              mayMove={mayMove}
              isOver={over === route.id && dragged !== route.id}
              onMove={(to) => moveTo(route.id, to)}
              onDragStart={() => setDragged(route.id)}
              onDragEnd={() => {
                setDragged(null);
                setOver(null);
              }}
              {...dragProps(route.id)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
