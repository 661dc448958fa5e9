import type { Flow } from '../../../schemas/flow.ts';
import { type SheetId, sheetsOf } from '../../../schemas/sheet.ts';
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

interface TaskCall {
  sheet: SheetId;
  action: string;
  /** Of the action. */
  name: string;
}

/** What calls a task, by sheet. */
export function callsOfTask(flow: Flow, task: string): TaskCall[] {
  const ids: SheetId[] = [null, ...Object.keys(flow.tasks ?? {})];
  return sheetsOf(flow).flatMap(({ actions }, index) =>
    Object.entries(actions).flatMap(([action, { type, name, settings }]) =>
      type === 'call-task' && settings.task === task ? [{ sheet: ids[index] ?? null, action, name }] : [],
    ),
  );
}
