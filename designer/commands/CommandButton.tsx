import { ActionIcon, Tooltip } from '@mantine/core';
import type { CommandId } from './command-table.ts';
import { shownKeys } from './shortcut.ts';
import { useCommand } from './useCommands.ts';

interface CommandButtonProps {
  id: CommandId;
  /** More than the title for the tip: what exactly undo takes back. */
  says?: string | undefined;
}

/** A command as an icon, with a tip that names its key, or why it is off. */
export function CommandButton({ id, says }: CommandButtonProps) {
  const { command, reason, isOn, run } = useCommand(id);
  const { icon: Icon, keys, title } = command;
  if (Icon === undefined) throw new Error(`The command “${title}” has no icon to be a button with`);
  const tip = reason ?? [says ?? title, keys?.[0] === undefined ? '' : `(${shownKeys(keys[0])})`].join(' ').trim();
  return (
    <Tooltip label={tip}>
      <ActionIcon
        aria-label={title}
        aria-pressed={command.isOn === undefined ? undefined : isOn}
        disabled={reason !== null}
        onClick={run}
      >
        <Icon size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
