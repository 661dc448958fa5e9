import type { Action } from '../../../schemas/actions/index.ts';
import type { Flow, Task } from '../../../schemas/flow.ts';
import { reachOf } from '../../../schemas/reach.ts';
import { mainSheet, type Sheet, type SheetId, withSheet } from '../../../schemas/sheet.ts';
import { freeTaskId, freeTaskName } from './add-task.ts';
import { type FlowCommand, withNext } from './command.ts';
import { freeId } from './free-id.ts';
import { leaveGroups } from './group-actions.ts';
import { fragmentOf } from './paste-actions.ts';

/** Selected actions with their one way in, and the one way out if there is any. */
interface Part {
  entry: string;
  exit: string | null;
}

/** Why the actions cannot become a task, in one sentence; null if they can. */
export function whyNotExtract(sheet: Sheet, id: SheetId, ids: readonly string[]): string | null {
  const chosen = new Set(ids);
  const entries = waysIn(sheet, chosen);
  if (entries.length === 0) return 'No mail comes to the selected cards: connect something to them first.';
  if (entries.length > 1) {
    return `A task begins at one card, but ${entries.length} of the selected are led to from outside.`;
  }
  const exits = waysOut(sheet, chosen);
  if (exits.length > 1) return `A task goes on by one way, but the selected cards lead to ${exits.length} others.`;
  const actions = Object.values(fragmentOf(sheet, ids).actions);
  const stray = strayLeave(sheet, ids, entries[0] ?? '');
  if (stray !== undefined) return `“${stray.name}” needs its loop: select that as well.`;
  const back = actions.find(({ type }) => type === 'return');
  if (back !== undefined) return `“${back.name}” goes back from here, which it could not do from a task.`;
  if (id !== mainSheet && actions.some((action) => mentions(action, 'task'))) {
    return 'The selected cards use inputs or outputs of this task, which another task does not see.';
  }
  return null;
}

/** Moves actions to a new task, and calls it where they were. Does nothing where `whyNotExtract` has a reason. */
export function extractTask(flow: Flow, sheet: SheetId, ids: readonly string[], name: string): FlowCommand {
  const task = freeTaskId(flow, name);
  return {
    label: ids.length === 1 ? 'Extract 1 action to a task' : `Extract ${ids.length} actions to a task`,
    show: task,
    applyToFlow: (before) => {
      let extracted: Task | null = null;
      const rest = withSheet(before, sheet, (drawn) => {
        if (whyNotExtract(drawn, sheet, ids) !== null) return drawn;
        const part = partOf(drawn, ids);
        extracted = taskOf(drawn, ids, part, freeTaskName(before, name));
        return without(drawn, ids, part, { task, name });
      });
      return extracted === null ? before : { ...rest, tasks: { ...rest.tasks, [task]: extracted } };
    },
  };
}

function partOf(sheet: Sheet, ids: readonly string[]): Part {
  const chosen = new Set(ids);
  return { entry: waysIn(sheet, chosen)[0] ?? '', exit: waysOut(sheet, chosen)[0] ?? null };
}

function taskOf(sheet: Sheet, ids: readonly string[], { entry, exit }: Part, name: string): Task {
  const { actions, layout, groups } = fragmentOf(sheet, ids);
  const back = exit === null ? null : freeId(actions, 'return');
  const led = Object.entries(actions).map(([id, action]): [string, Action] => [
    id,
    back === null || exit === null ? action : redirected(action, new Map([[exit, back]])),
  ]);
  const below = Math.max(0, ...Object.values(layout).map(({ y }) => y)) + 160;
  const end: Action = { type: 'return', name: 'Return', settings: {} };
  return {
    name,
    entry,
    actions: { ...Object.fromEntries(led), ...(back === null ? {} : { [back]: end }) },
    layout: { ...layout, ...(back === null ? {} : { [back]: { x: layout[entry]?.x ?? 0, y: below } }) },
    ...(Object.keys(groups).length === 0 ? {} : { groups: { ...groups } }),
  };
}

/** The sheet with a call in the place of the actions. */
function without<S extends Sheet>(
  sheet: S,
  ids: readonly string[],
  { entry, exit }: Part,
  { task, name }: { task: string; name: string },
): S {
  const chosen = new Set(ids);
  const call = freeId(sheet.actions, 'call-task');
  const calling: Action = withNext(
    { type: 'call-task', name, settings: { task } },
    exit === null ? {} : { done: exit },
  );
  const actions = Object.entries(sheet.actions).flatMap(([id, action]): [string, Action][] => {
    // The call stands where the first of them stood, so that a diff reads well.
    if (id === entry) return [[call, calling]];
    return chosen.has(id) ? [] : [[id, redirected(action, new Map([[entry, call]]))]];
  });
  const kept = Object.entries(sheet.layout ?? {}).filter(([id]) => !chosen.has(id));
  const place = sheet.layout?.[entry];
  return {
    ...leaveGroups(sheet, ids),
    entry: chosen.has(sheet.entry) ? call : sheet.entry,
    actions: Object.fromEntries(actions),
    ...(sheet.layout === undefined
      ? {}
      : { layout: { ...Object.fromEntries(kept), ...(place === undefined ? {} : { [call]: place }) } }),
  };
}

/** The selected actions that something outside leads to; the start of the sheet counts. */
function waysIn({ entry, actions }: Sheet, chosen: ReadonlySet<string>): string[] {
  const found = new Set<string>(chosen.has(entry) ? [entry] : []);
  for (const [id, action] of Object.entries(actions)) {
    if (chosen.has(id)) continue;
    for (const target of Object.values(action.next ?? {})) if (chosen.has(target)) found.add(target);
  }
  return [...found].filter((id) => Object.hasOwn(actions, id));
}

/** The actions outside that the selected ones lead to. */
function waysOut({ actions }: Sheet, chosen: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  for (const id of chosen) {
    for (const target of Object.values(actions[id]?.next ?? {})) if (!chosen.has(target)) found.add(target);
  }
  return [...found].filter((id) => Object.hasOwn(actions, id));
}

/** A selected way out of a loop that is not selected, or something that reads that loop. */
function strayLeave(sheet: Sheet, ids: readonly string[], entry: string): Action | undefined {
  const { actions } = fragmentOf(sheet, ids);
  const { outsideLoops } = reachOf({ entry, actions });
  return Object.entries(actions).find(
    ([id, action]) =>
      outsideLoops.has(id) && (action.type === 'next-loop' || action.type === 'exit-loop' || mentions(action, 'loop')),
  )?.[1];
}

/** Whether any setting reads `task.…` or `loop.…`; a text that only looks like it is better refused than broken. */
function mentions({ settings }: Action, root: 'task' | 'loop'): boolean {
  return new RegExp(`\\b${root}\\s*[.[]`).test(JSON.stringify(settings));
}

function redirected(action: Action, targets: ReadonlyMap<string, string>): Action {
  const entries = Object.entries(action.next ?? {});
  if (!entries.some(([, target]) => targets.has(target))) return action;
  return withNext(
    action,
    Object.fromEntries(entries.map(([outcome, target]) => [outcome, targets.get(target) ?? target])),
  );
}
