import { Kbd, Menu } from '@mantine/core';
import type { CommandId } from './command-table.ts';
import { shownKeys } from './shortcut.ts';
import { useCommand } from './useCommands.ts';

/** A command in a menu, with its key; where it is off, its title tip says why. */
export function CommandMenuItem({ id }: { id: CommandId }) {
  const { command, reason, isOn, run } = useCommand(id);
  const { icon: Icon, keys, title } = command;
  const looks = {
    rightSection: keys?.[0] === undefined ? undefined : <Kbd size="xs">{shownKeys(keys[0])}</Kbd>,
    disabled: reason !== null,
    title: reason ?? undefined,
  };
  if (command.isOn !== undefined) {
    return (
      <Menu.CheckboxItem {...looks} checked={isOn} onChange={run} closeMenuOnClick>
        {title}
      </Menu.CheckboxItem>
    );
  }
  return (
    <Menu.Item {...looks} leftSection={Icon === undefined ? undefined : <Icon size={15} stroke={1.7} />} onClick={run}>
      {title}
    </Menu.Item>
  );
}
