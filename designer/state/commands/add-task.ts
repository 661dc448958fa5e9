import type { Flow, Task } from '../../../schemas/flow.ts';
import { toId } from '../../shell/slug.ts';
import type { FlowCommand } from './command.ts';

interface NewTask {
  command: FlowCommand;
  /** Its id. */
  task: string;
}

/** A task that does nothing yet but return. */
export function addTask(flow: Flow, { name, isShown }: { name: string; isShown: boolean }): NewTask {
  const empty: Omit<Task, 'name'> = {
    entry: 'return',
    actions: { return: { type: 'return', name: 'Return', settings: {} } },
    layout: { return: { x: 0, y: 0 } },
  };
  return adding(flow, 'Add task', { name: freeTaskName(flow, name), ...empty }, isShown);
}

/** A copy of a task under a name of its own; its tab is opened. */
export function duplicateTask(flow: Flow, task: Task): NewTask {
  return adding(flow, 'Duplicate task', { ...structuredClone(task), name: freeTaskName(flow, task.name) }, true);
}

function adding(flow: Flow, label: string, added: Task, isShown: boolean): NewTask {
  const task = freeTaskId(flow, added.name);
  const command: FlowCommand = {
    label,
    ...(isShown ? { show: task } : {}),
    applyToFlow: (before) => ({ ...before, tasks: { ...before.tasks, [task]: added } }),
  };
  return { command, task };
}

/** An id made from the name that no task of the flow has. */
export function freeTaskId(flow: Flow, name: string): string {
  const taken = Object.keys(flow.tasks ?? {});
  return toId(name, taken) || toId('task', taken);
}

/** The name itself, or with the smallest number that tells it from the tasks there are. */
export function freeTaskName(flow: Flow, name: string): string {
  const taken = new Set(Object.values(flow.tasks ?? {}).map((task) => task.name));
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.has(`${name} ${number}`)) return `${name} ${number}`;
}
