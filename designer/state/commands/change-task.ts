import type { Flow, Task } from '../../../schemas/flow.ts';
import type { SheetId } from '../../../schemas/sheet.ts';
import type { FlowCommand } from './command.ts';

/** The flow with one task changed; the same flow if there is no such task or nothing changed. */
export function changeTask(flow: Flow, id: SheetId, change: (task: Task) => Task): Flow {
  const task = id !== null && flow.tasks !== undefined && Object.hasOwn(flow.tasks, id) ? flow.tasks[id] : undefined;
  if (id === null || task === undefined) return flow;
  const changed = change(task);
  return changed === task ? flow : { ...flow, tasks: { ...flow.tasks, [id]: changed } };
}

/** Name, description, inputs and outputs of a task. What is empty leaves no trace in the file. */
export function changeTaskSettings(
  id: string,
  settings: Partial<Pick<Task, 'name' | 'description' | 'inputs' | 'outputs'>>,
): FlowCommand {
  return {
    label: 'Change task',
    burst: `task:${id}:${Object.keys(settings).join()}`,
    applyToFlow: (before) =>
      changeTask(before, id, (task) => {
        const changed = { ...task, ...settings };
        for (const key of ['description', 'inputs', 'outputs'] as const)
          if (changed[key]?.length === 0) delete changed[key];
        return JSON.stringify(changed) === JSON.stringify(task) ? task : changed;
      }),
  };
}
