import type { Action } from '../../../schemas/actions/index.ts';
import type { Group, Note, Position } from '../../../schemas/drawing.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import { type SheetCommand, withNext } from './command.ts';
import { freeId } from './free-id.ts';

/** Actions and notes cut out of a sheet, with their places, and the groups of which all actions are among them. */
export interface Fragment {
  actions: Readonly<Record<string, Action>>;
  layout: Readonly<Record<string, Position>>;
  groups: Readonly<Record<string, Group>>;
  notes: Readonly<Record<string, Note>>;
}

/** The actions and notes with these ids; connections that leave the fragment stay behind when it is pasted. */
export function fragmentOf(sheet: Sheet, ids: readonly string[], notes: readonly string[] = []): Fragment {
  const actions = pick(sheet.actions, ids);
  const groups = Object.entries(sheet.groups ?? {}).filter(([, group]) =>
    group.actions.every((id) => Object.hasOwn(actions, id)),
  );
  return {
    actions,
    layout: pick(sheet.layout, Object.keys(actions)),
    groups: Object.fromEntries(groups),
    notes: pick(sheet.notes, notes),
  };
}

/** Adds a copy of the fragment with fresh ids, moved by `offset`, connected among itself only. */
export function pasteActions(sheet: Sheet, fragment: Fragment, offset: Position, label = 'Paste'): SheetCommand {
  const ids = freshIds(sheet.actions, fragment.actions);
  const noteIds = freshIds(sheet.notes, fragment.notes);
  return {
    label,
    select: [...ids.values()],
    selectNotes: [...noteIds.values()],
    apply: (before) => {
      if (ids.size + noteIds.size === 0) return before;
      const [first = ''] = ids.values();
      return {
        ...before,
        entry: before.entry === '' ? first : before.entry,
        actions: { ...before.actions, ...copies(fragment.actions, ids, (action) => copyOfAction(action, ids)) },
        layout: { ...before.layout, ...copies(fragment.layout, ids, (place) => movedBy(place, offset)) },
        ...withCopies('groups', before.groups, copiesOfGroups(before, fragment, ids)),
        ...withCopies(
          'notes',
          before.notes,
          copies(fragment.notes, noteIds, (note) => movedBy(note, offset)),
        ),
      };
    },
  };
}

function pick<T>(from: Readonly<Record<string, T>> | undefined, ids: readonly string[]): Record<string, T> {
  return Object.fromEntries(
    ids.flatMap((id): [string, T][] => {
      const value = from?.[id];
      return value === undefined ? [] : [[id, value]];
    }),
  );
}

/** Id in the fragment → id of its copy. */
function freshIds(used: Readonly<Record<string, unknown>> | undefined, copied: object): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const id of Object.keys(copied)) ids.set(id, freeId(used, stemOf(id), new Set(ids.values())));
  return ids;
}

function copies<T>(
  from: Readonly<Record<string, T>>,
  ids: ReadonlyMap<string, string>,
  copy: (value: T) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(from).flatMap(([id, value]) => {
      const to = ids.get(id);
      return to === undefined ? [] : [[to, copy(value)]];
    }),
  );
}

function copyOfAction(action: Action, ids: ReadonlyMap<string, string>): Action {
  return withNext(structuredClone(action), innerConnections(action, ids));
}

function copiesOfGroups(sheet: Sheet, { groups }: Fragment, ids: ReadonlyMap<string, string>): Record<string, Group> {
  return copies(groups, freshIds(sheet.groups, groups), (group) => ({
    ...group,
    actions: group.actions.flatMap((id) => ids.get(id) ?? []),
  }));
}

function movedBy<T extends Position>(thing: T, offset: Position): T {
  return { ...thing, x: thing.x + offset.x, y: thing.y + offset.y };
}

/** The key only where there is something, so that the file stays short. */
function withCopies<K extends 'groups' | 'notes', T>(
  key: K,
  before: Readonly<Record<string, T>> | undefined,
  added: Readonly<Record<string, T>>,
): Partial<Record<K, Record<string, T>>> {
  // One key of those that K names.
  return (Object.keys(added).length === 0 ? {} : { [key]: { ...before, ...added } }) as Partial<
    Record<K, Record<string, T>>
  >;
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
