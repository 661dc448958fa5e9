import { actionTypes, isActionType } from '../actions/index.ts';
import type { Flow } from '../flow.ts';
import { isRecord } from './plan.ts';
import { actionsOf, nextOf, sheetsOf } from './references.ts';
import { isSame } from './same.ts';

export interface Renaming {
  /** Id of the task; null on the main sheet. */
  task: string | null;
  from: string;
  to: string;
}

/**
 * Ids are given by counting, so two people who each add a decision both call it `decision-2`. These are two actions: mine gets
 * another id, everywhere in its sheet. What has the same type and a name that somebody gave it is taken for the same thing.
 */
export function tellApart(base: Flow | null, mine: Flow, theirs: Flow): { flow: Flow; renamed: Renaming[] } {
  const [bases, others] = [sheetsOf(base), sheetsOf(theirs)];
  const renamed: Renaming[] = [];
  let flow: Record<string, unknown> = mine;
  for (const [task, sheet] of sheetsOf(mine)) {
    const added = actionsOf(others.get(task));
    const former = actionsOf(bases.get(task));
    const clashes = Object.entries(actionsOf(sheet)).flatMap(([id, action]) =>
      !Object.hasOwn(former, id) && Object.hasOwn(added, id) && !isOneThing(action, added[id]) ? [id] : [],
    );
    if (clashes.length === 0) continue;
    const taken = new Set([...Object.keys(actionsOf(sheet)), ...Object.keys(added), ...Object.keys(former)]);
    const ids = new Map(clashes.map((id) => [id, freeId(id, taken)]));
    for (const [from, to] of ids) renamed.push({ task, from, to });
    const changed = withIds(sheet, ids);
    flow =
      task === null
        ? { ...flow, ...changed }
        : { ...flow, tasks: { ...(isRecord(flow.tasks) ? flow.tasks : {}), [task]: changed } };
  }
  // The same document under other ids.
  return { flow: flow as Flow, renamed };
}

function isOneThing(mine: unknown, theirs: unknown): boolean {
  if (isSame(mine, theirs)) return true;
  if (!isRecord(mine) || !isRecord(theirs) || mine.type !== theirs.type || mine.name !== theirs.name) return false;
  return typeof mine.type === 'string' && isActionType(mine.type) && mine.name !== actionTypes[mine.type].title;
}

function freeId(id: string, taken: Set<string>): string {
  // 58 characters leave room for the number within the 64 of an id.
  const stem = id.replace(/(?<=.)-\d+$/, '').slice(0, 58);
  for (let number = 2; ; number += 1) {
    const candidate = `${stem}-${number}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}

function withIds(sheet: Record<string, unknown>, ids: ReadonlyMap<string, string>): Record<string, unknown> {
  const idOf = (id: string) => ids.get(id) ?? id;
  const rename = (record: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(record).map(([id, value]) => [idOf(id), value]));
  const actions = Object.entries(actionsOf(sheet)).map(([id, action]): [string, unknown] => {
    const next = nextOf(action);
    return [
      idOf(id),
      isRecord(action) && next.length > 0
        ? { ...action, next: Object.fromEntries(next.map(([outcome, to]) => [outcome, idOf(to)])) }
        : action,
    ];
  });
  return {
    ...sheet,
    ...(typeof sheet.entry === 'string' ? { entry: idOf(sheet.entry) } : {}),
    actions: Object.fromEntries(actions),
    ...(isRecord(sheet.layout) ? { layout: rename(sheet.layout) } : {}),
    // Groups list the ids of their actions.
    ...(sheet.groups === undefined ? {} : { groups: withIdsDeep(sheet.groups, idOf) }),
  };
}

function withIdsDeep(value: unknown, idOf: (id: string) => string): unknown {
  if (Array.isArray(value))
    return value.map((item) => (typeof item === 'string' ? idOf(item) : withIdsDeep(item, idOf)));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withIdsDeep(item, idOf)]));
}
