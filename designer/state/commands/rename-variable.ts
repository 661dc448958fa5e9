import { renameVariable as renamed } from '../../../schemas/rename-variable.ts';
import type { FlowCommand } from './command.ts';

/** Renames a variable where it is declared and wherever it is used, as one step. */
export function renameVariable(from: string, to: string): FlowCommand {
  return {
    label: `Rename ${from} to ${to}`,
    applyToFlow: (before) => (from === to ? before : renamed(before, from, to)),
  };
}
