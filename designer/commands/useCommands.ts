import { createContext, use, useCallback } from 'react';
import { useStore } from 'zustand';
import { notifyRefused } from '../shell/notify-refused.ts';
import { type CommandId, commands, runCommand } from './command-table.ts';
import { type CommandContext, type GroupedCommand, whyNot } from './editor-command.ts';
import { preferences } from './preferences.ts';

export const EditorCommandsContext = createContext<CommandContext | null>(null);

export function useCommandContext(): CommandContext {
  const context = use(EditorCommandsContext);
  if (context === null) throw new Error('This part of the editor was drawn outside an EditorCommandsContext');
  return context;
}

interface CommandState {
  command: GroupedCommand;
  /** Why it is off, in one sentence; null if it can run. */
  reason: string | null;
  isOn: boolean;
  run: () => void;
}

/** A command as a button or a menu item shows it. */
export function useCommand(id: CommandId): CommandState {
  const context = useCommandContext();
  const command = commands[id];
  const reason = useStore(context.store, () => whyNot(command, context));
  const isPanelOn = useStore(context.workbench, () => command.isOn?.(context) ?? false);
  const isOn = useStore(preferences, () => command.isOn?.(context) ?? false) || isPanelOn;
  const run = useCallback(() => {
    const refused = runCommand(id, context);
    if (refused !== null) notifyRefused(refused);
  }, [id, context]);
  return { command, reason, isOn, run };
}
