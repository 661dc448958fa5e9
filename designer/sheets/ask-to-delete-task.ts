import { confirm } from '../shell/confirm.tsx';
import { callsOfTask, deleteTask } from '../state/commands/delete-task.ts';
import type { EditorStore } from '../state/editor-store.ts';

/** More names than these nobody reads in a question. */
const maxNamed = 4;

/** Deletes a task, after saying what calls it. */
export function askToDeleteTask(store: EditorStore, id: string): void {
  const { history, run } = store.getState();
  const name = history.flow.tasks?.[id]?.name ?? id;
  const calls = callsOfTask(history.flow, id).map((call) => `“${call.name}”`);
  const more = calls.length > maxNamed ? ` and ${calls.length - maxNamed} more` : '';
  confirm({
    title: `Delete the task “${name}”?`,
    text:
      calls.length === 0
        ? 'Nothing calls it. Undo brings it back.'
        : `${calls.slice(0, maxNamed).join(', ')}${more} ${calls.length === 1 ? 'calls it and fails' : 'call it and fail'} the checks until something else is called. Undo brings it back.`,
    yes: 'Delete the task',
    onYes: () => run(deleteTask(id)),
  });
}
