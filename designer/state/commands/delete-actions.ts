import { type Action, outcomesOf } from '../../../schemas/actions/index.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import { nameIn, type SheetCommand, withNext } from './command.ts';
import { leaveGroups } from './group-actions.ts';

/**
 * Deletes actions and every connection to them. Unless a gap is to be left, what led to a deleted action that had a single way on goes
 * on by that way instead: taking a step out of a chain does not cut the chain.
 */
export function deleteActions(ids: readonly string[], { leavesGap = false } = {}): SheetCommand {
  const gone = new Set(ids);
  const [only] = ids;
  return {
    label: ids.length === 1 ? 'Delete action' : `Delete ${ids.length} actions`,
    ...(only === undefined || ids.length > 1 ? {} : { describe: (sheet: Sheet) => `Delete ${nameIn(sheet, only)}` }),
    select: [],
    apply: (before) => {
      if (!ids.some((id) => Object.hasOwn(before.actions, id))) return before;
      const follow = (id: string) => (leavesGap ? undefined : followDeleted(before, gone, id));
      const kept = Object.entries(before.actions).filter(([id]) => !gone.has(id));
      const actions = Object.fromEntries(kept.map(([id, action]) => [id, redirect(id, action, gone, follow)]));
      const after = {
        ...leaveGroups(before, ids),
        entry: gone.has(before.entry) ? (follow(before.entry) ?? '') : before.entry,
        actions,
      };
      return before.layout === undefined
        ? after
        : { ...after, layout: Object.fromEntries(Object.entries(before.layout).filter(([id]) => !gone.has(id))) };
    },
  };
}

/** Where a connection to a deleted action goes on to; undefined if nowhere. */
function followDeleted(sheet: Sheet, gone: ReadonlySet<string>, start: string): string | undefined {
  const seen = new Set<string>();
  let id: string | undefined = start;
  while (id !== undefined && gone.has(id)) {
    if (seen.has(id)) return undefined;
    seen.add(id);
    const action: Action | undefined = sheet.actions[id];
    const outcomes: readonly string[] = action === undefined ? [] : outcomesOf(action);
    const [only] = outcomes;
    id = outcomes.length === 1 && only !== undefined ? action?.next?.[only] : undefined;
  }
  return id;
}

function redirect(
  id: string,
  action: Action,
  gone: ReadonlySet<string>,
  follow: (id: string) => string | undefined,
): Action {
  const entries = Object.entries(action.next ?? {});
  if (!entries.some(([, target]) => gone.has(target))) return action;
  const next = entries.flatMap(([outcome, target]): [string, string][] => {
    const to = gone.has(target) ? follow(target) : target;
    // A circle of which only this one is left would lead to itself.
    return to === undefined || to === id ? [] : [[outcome, to]];
  });
  return withNext(action, Object.fromEntries(next));
}
