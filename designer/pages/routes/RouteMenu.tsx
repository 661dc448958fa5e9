import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDotsVertical, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { RouteView } from '../../../schemas/api/routes.ts';
import { useDeleteRoute } from '../../api/routes.ts';
import { confirm } from '../../shell/confirm.tsx';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import table from '../../shell/table.module.css';

interface RouteMenuProps {
  route: RouteView;
  place: number;
  count: number;
  onMove: ((to: number) => void) | undefined;
}

export function RouteMenu({ route, place, count, onMove }: RouteMenuProps) {
  const remove = useDeleteRoute();
  const name = route.name || route.pattern;
  const askToDelete = () =>
    confirm({
      title: `Delete the route ${name}?`,
      text: 'Mail that only this route takes waits for a person from then on. Mails that came stay where they are.',
      yes: 'Delete the route',
      onYes: () =>
        remove.mutate(route.id, {
          onSuccess: () => notifyDone('The route is deleted'),
          onError: (error) => notifyError(error, 'Not deleted'),
        }),
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" className={table.above ?? ''} aria-label={`What to do with ${name}`}>
          <IconDotsVertical size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to={`/routes/${route.id}`} leftSection={<IconPencil size={16} />}>
          Change
        </Menu.Item>
        {onMove && (
          <>
            <Menu.Item leftSection={<IconArrowUp size={16} />} disabled={place === 0} onClick={() => onMove(place - 1)}>
              Move up
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowDown size={16} />}
              disabled={place === count - 1}
              onClick={() => onMove(place + 1)}
            >
              Move down
            </Menu.Item>
          </>
        )}
        <Menu.Item color="var(--mantine-color-error)" leftSection={<IconTrash size={16} />} onClick={askToDelete}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
