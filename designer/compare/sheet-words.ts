import type { Flow } from '../../schemas/flow.ts';
import { mainSheet, type SheetId } from '../../schemas/sheet.ts';

/** The name of a sheet with the number of actions that changed on it. */
export function sheetWords(id: SheetId, before: Flow, after: Flow, changes: readonly { task: SheetId }[]): string {
  const name = id === mainSheet ? 'Main' : (after.tasks?.[id]?.name ?? before.tasks?.[id]?.name ?? id);
  const count = changes.filter(({ task }) => task === id).length;
  return count === 0 ? name : `${name} (${count})`;
}
