import type { Action } from '../../../schemas/actions/index.ts';
import type { Position } from '../../../schemas/flow.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import { freeActionId } from './action-id.ts';
import { type SheetCommand, withNext } from './command.ts';

/** Actions cut out of a sheet, with their places. */
export interface Fragment {
  actions: Readonly<Record<string, Action>>;
  layout: Readonly<Record<string, Position>>;
}

/** The actions with these ids; connections that leave the fragment stay behind when it is pasted. */
export function fragmentOf(sheet: Sheet, ids: readonly string[]): Fragment {
  const present = ids.filter((id) => Object.hasOwn(sheet.actions, id));
  const pick = <T>(from: Readonly<Record<string, T>> | undefined): Record<string, T> =>
    Object.fromEntries(
      present.flatMap((id): [string, T][] => {
        const value = from?.[id];
        return value === undefined ? [] : [[id, value]];
      }),
    );
  return { actions: pick(sheet.actions), layout: pick(sheet.layout) };
}

/** Adds a copy of the fragment with fresh ids, moved by `offset`, connected among itself only. */
export function pasteActions(sheet: Sheet, fragment: Fragment, offset: Position, label = 'Paste'): SheetCommand {
  const ids = new Map<string, string>();
  for (const id of Object.keys(fragment.actions)) ids.set(id, freeActionId(sheet, stemOf(id), new Set(ids.values())));

  return {
    label,
    select: [...ids.values()],
    apply: (before) => {
      if (ids.size === 0) return before;
      const actions: Record<string, Action> = { ...before.actions };
      const layout: Record<string, Position> = { ...before.layout };
      for (const [from, to] of ids) {
        const action = fragment.actions[from];
        if (action === undefined) continue;
        const at = fragment.layout[from] ?? { x: 0, y: 0 };
        actions[to] = withNext(structuredClone(action), innerConnections(action, ids));
        layout[to] = { x: at.x + offset.x, y: at.y + offset.y };
      }
      const [first = ''] = ids.values();
      return { ...before, entry: before.entry === '' ? first : before.entry, actions, layout };
    },
  };
}

/** `decision` of `decision-3`: copies of copies do not pile up numbers. */
function stemOf(id: string): string {
  return id.replace(/(?<=.)-\d+$/, '');
}

function innerConnections(action: Action, ids: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(action.next ?? {}).flatMap(([outcome, target]): [string, string][] => {
      const to = ids.get(target);
      return to === undefined ? [] : [[outcome, to]];
    }),
  );
}
