import type { Flow, Task } from '../../../schemas/flow.ts';
import type { SheetId } from '../../../schemas/sheet.ts';

/** The flow with one task changed; the same flow if there is no such task or nothing changed. */
export function changeTask(flow: Flow, id: SheetId, change: (task: Task) => Task): Flow {
  const task = id !== null && flow.tasks !== undefined && Object.hasOwn(flow.tasks, id) ? flow.tasks[id] : undefined;
  if (id === null || task === undefined) return flow;
  const changed = change(task);
  return changed === task ? flow : { ...flow, tasks: { ...flow.tasks, [id]: changed } };
}
