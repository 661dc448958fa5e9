import type { FlowCommand } from './command.ts';

/** Takes a task away. Calls of it stay, and are then problems: only a person knows what should stand there instead. */
export function deleteTask(id: string): FlowCommand {
  return {
    label: 'Delete task',
    show: null,
    applyToFlow: (before) => {
      if (before.tasks === undefined || !Object.hasOwn(before.tasks, id)) return before;
      const { tasks, ...rest } = before;
      const { [id]: _, ...kept } = tasks;
      return Object.keys(kept).length === 0 ? rest : { ...rest, tasks: kept };
    },
  };
}
