import type { Group } from '../../../schemas/drawing.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import type { SheetCommand } from './command.ts';
import { freeId } from './free-id.ts';

/** Puts a frame around actions; whatever group they were in before, they leave. */
export function groupActions(
  sheet: Sheet,
  { ids, name, collapsed = false }: { ids: readonly string[]; name: string; collapsed?: boolean },
): SheetCommand {
  const id = freeId(sheet.groups, 'group');
  return {
    label: `${collapsed ? 'Collapse' : 'Group'} ${ids.length === 1 ? '1 action' : `${ids.length} actions`}`,
    select: ids,
    apply: (before) => {
      const actions = ids.filter((action) => Object.hasOwn(before.actions, action));
      if (actions.length === 0) return before;
      const rest = leaveGroups(before, actions);
      const group: Group = { name, actions, ...(collapsed ? { collapsed } : {}) };
      return { ...rest, groups: { ...rest.groups, [id]: group } };
    },
  };
}

/** Takes the frame away; its actions stay where they are. */
export function ungroup(id: string): SheetCommand {
  return {
    label: 'Ungroup',
    apply: (before) => {
      if (before.groups === undefined || !Object.hasOwn(before.groups, id)) return before;
      const { [id]: _, ...rest } = before.groups;
      return withGroups(before, rest);
    },
  };
}

export function renameGroup(id: string, name: string): SheetCommand {
  return {
    label: 'Rename group',
    burst: `group:${id}`,
    apply: (before) =>
      withGroup(before, id, (group) => (group.name === name || name === '' ? group : { ...group, name })),
  };
}

export function collapseGroup(id: string, collapsed: boolean): SheetCommand {
  return {
    label: collapsed ? 'Collapse group' : 'Expand group',
    apply: (before) =>
      withGroup(before, id, (group) => {
        if ((group.collapsed ?? false) === collapsed) return group;
        const { collapsed: _, ...rest } = group;
        return collapsed ? { ...rest, collapsed } : rest;
      }),
  };
}

/** Takes actions out of whatever group they are in. */
export function takeOutOfGroup(ids: readonly string[]): SheetCommand {
  return { label: 'Take out of the group', apply: (before) => leaveGroups(before, ids) };
}

/** The sheet with these actions in no group; a group that none is left in goes. */
export function leaveGroups<S extends Sheet>(sheet: S, ids: readonly string[]): S {
  const gone = new Set(ids);
  const groups = Object.entries(sheet.groups ?? {});
  if (!groups.some(([, { actions }]) => actions.some((id) => gone.has(id)))) return sheet;
  const left = groups.flatMap(([id, group]): [string, Group][] => {
    const actions = group.actions.filter((action) => !gone.has(action));
    return actions.length === 0 ? [] : [[id, actions.length === group.actions.length ? group : { ...group, actions }]];
  });
  return withGroups(sheet, Object.fromEntries(left));
}

/** The sheet with an action in the group of two others, where both are in the same. */
export function joinGroupOf<S extends Sheet>(sheet: S, id: string, neighbours: readonly [string, string]): S {
  const found = Object.entries(sheet.groups ?? {}).find(([, { actions }]) =>
    neighbours.every((each) => actions.includes(each)),
  );
  return found === undefined
    ? sheet
    : withGroup(sheet, found[0], (group) => ({ ...group, actions: [...group.actions, id] }));
}

function withGroup<S extends Sheet>(sheet: S, id: string, change: (group: Group) => Group): S {
  const group = sheet.groups?.[id];
  if (group === undefined) return sheet;
  const changed = change(group);
  return changed === group ? sheet : { ...sheet, groups: { ...sheet.groups, [id]: changed } };
}

/** Without the key where there is no group, so that the file stays short. */
function withGroups<S extends Sheet>(sheet: S, groups: Record<string, Group>): S {
  const { groups: _, ...rest } = sheet;
  // What was taken away is optional in every sheet.
  return (Object.keys(groups).length === 0 ? rest : { ...rest, groups }) as S;
}
