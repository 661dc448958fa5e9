import { useMemo } from 'react';
import { notifyRefused } from '../shell/notify-refused.ts';
import { ChoiceList } from './ChoiceList.tsx';
import type { Choice, ChoiceItem } from './choice.ts';
import { allCommands, type CommandId, runCommand } from './command-table.ts';
import { whyNot } from './editor-command.ts';
import { shownKeys } from './shortcut.ts';
import { useCommandContext } from './useCommands.ts';

/** Every command, found by typing, with its key, and with the reason where it cannot run now. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const context = useCommandContext();
  const choice = useMemo(
    (): Choice => ({
      title: 'Find a command',
      placeholder: 'What do you want to do?',
      empty: 'No command is called that.',
      items: allCommands()
        .filter(([id]) => id !== 'commands')
        .map(([id, command]): ChoiceItem & { id: CommandId } => ({
          id,
          title: command.title,
          group: command.group,
          icon: command.icon,
          keywords: command.keywords,
          keys: command.keys?.[0] === undefined ? undefined : shownKeys(command.keys[0]),
          reason: whyNot(command, context),
        })),
    }),
    [context],
  );
  return (
    <ChoiceList
      choice={choice}
      onAnswer={(id) => {
        onClose();
        const chosen = allCommands().find(([each]) => each === id);
        if (chosen === undefined) return;
        const refused = runCommand(chosen[0], context);
        if (refused !== null) notifyRefused(refused);
      }}
    />
  );
}
