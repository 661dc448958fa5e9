import { backtestCommands } from '../backtest/backtest-commands.ts';
import { caseCommands } from '../cases/case-commands.ts';
import { heatCommands } from '../heat/heat-commands.ts';
import { problemCommands } from '../problems/problem-commands.ts';
import { sheetCommands } from '../sheets/sheet-commands.ts';
import { tryCommands } from '../try/try-commands.ts';
import { arrangeCommands } from './arrange-commands.ts';
import { drawCommands } from './draw-commands.ts';
import { editCommands } from './edit-commands.ts';
import { type CommandContext, type GroupedCommand, whyNot } from './editor-command.ts';
import { flowCommands } from './flow-commands.ts';
import { groupCommands } from './group-commands.ts';
import { lookCommands } from './look-commands.ts';
import { selectCommands } from './select-commands.ts';
import { walkCommands } from './walk-commands.ts';

/** Every command of the editor; one line for each group, which is a file of its own. */
const table = {
  ...editCommands,
  ...selectCommands,
  ...drawCommands,
  ...arrangeCommands,
  ...groupCommands,
  ...sheetCommands,
  ...walkCommands,
  ...lookCommands,
  ...heatCommands,
  ...tryCommands,
  ...backtestCommands,
  ...problemCommands,
  ...caseCommands,
  ...flowCommands,
};

export type CommandId = keyof typeof table;

export const commands: Readonly<Record<CommandId, GroupedCommand>> = table;

/** All commands with their ids, in the order of the groups. */
export function allCommands(): [CommandId, GroupedCommand][] {
  // The keys of the table are the ids.
  return Object.entries(commands) as [CommandId, GroupedCommand][];
}

/** Runs a command. The answer is why it could not, in one sentence; null if it ran. */
export function runCommand(id: CommandId, context: CommandContext): string | null {
  const reason = whyNot(commands[id], context);
  if (reason === null) void commands[id].run(context);
  return reason;
}
