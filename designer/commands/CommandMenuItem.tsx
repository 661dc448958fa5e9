import { Kbd, Menu } from '@mantine/core';
import type { CommandId } from './command-table.ts';
import { shownKeys } from './shortcut.ts';
import { useCommand } from './useCommands.ts';

/** A command in a menu, with its key; where it is off, its title tip says why. */
export function CommandMenuItem({ id }: { id: CommandId }) {
  const { command, reason, run } = useCommand(id);
  const { icon: Icon, keys, title } = command;
  return (
    <Menu.Item
      leftSection={Icon === undefined ? undefined : <Icon size={15} stroke={1.7} />}
      rightSection={keys?.[0] === undefined ? undefined : <Kbd size="xs">{shownKeys(keys[0])}</Kbd>}
      disabled={reason !== null}
      title={reason ?? undefined}
      onClick={run}
    >
      {title}
    </Menu.Item>
  );
}
