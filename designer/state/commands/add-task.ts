import type { Flow, Task } from '../../../schemas/flow.ts';
import { toId } from '../../shell/slug.ts';
import type { FlowCommand } from './command.ts';

const newTask: Omit<Task, 'name'> = {
  entry: 'return',
  actions: { return: { type: 'return', name: 'Return', settings: {} } },
  layout: { return: { x: 0, y: 0 } },
};

interface NewTask {
  name: string;
  /** Whether its tab is opened. */
  isShown: boolean;
}

/** A task that does nothing yet but return. `task` is its id. */
export function addTask(flow: Flow, { name, isShown }: NewTask): { command: FlowCommand; task: string } {
  const task = freeTaskId(flow, name);
  const command: FlowCommand = {
    label: 'Add task',
    ...(isShown ? { show: task } : {}),
    applyToFlow: (before) => ({
      ...before,
      tasks: { ...before.tasks, [task]: { name: freeTaskName(before, name), ...newTask } },
    }),
  };
  return { command, task };
}

/** An id made from the name that no task of the flow has. */
function freeTaskId(flow: Flow, name: string): string {
  return toId(name, Object.keys(flow.tasks ?? {})) || toId('task', Object.keys(flow.tasks ?? {}));
}

/** The name itself, or with the smallest number that tells it from the tasks there are. */
function freeTaskName(flow: Flow, name: string): string {
  const taken = new Set(Object.values(flow.tasks ?? {}).map((task) => task.name));
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.has(`${name} ${number}`)) return `${name} ${number}`;
}
