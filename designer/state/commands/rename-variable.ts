import { renameVariable as renamed, renameTaskVariable as renamedInTask } from '../../../schemas/rename-variable.ts';
import type { FlowCommand } from './command.ts';

/** Renames a variable where it is declared and wherever it is used, as one step. */
export function renameVariable(from: string, to: string): FlowCommand {
  return {
    label: `Rename ${from} to ${to}`,
    applyToFlow: (before) => (from === to ? before : renamed(before, from, to)),
  };
}

/** The same for an input or output of this module; its callers are flows of their own, and are warned of. */
export function renameModuleVariable(from: string, to: string): FlowCommand {
  return {
    label: `Rename ${from} to ${to}`,
    applyToFlow: (before) => {
      if (from === to) return before;
      const after = renamed(before, from, to);
      const named = <V extends { name: string }>(list: readonly V[] | undefined) =>
        list?.map((each) => (each.name === from ? { ...each, name: to } : each));
      const inputs = named(after.inputs);
      const outputs = named(after.outputs);
      return { ...after, ...(inputs === undefined ? {} : { inputs }), ...(outputs === undefined ? {} : { outputs }) };
    },
  };
}

/** The same for an input or output of a task, its calls included. */
export function renameTaskVariable(task: string, from: string, to: string): FlowCommand {
  return {
    label: `Rename ${from} to ${to}`,
    applyToFlow: (before) => (from === to ? before : renamedInTask(before, task, from, to)),
  };
}
