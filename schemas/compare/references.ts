import type { Flow } from '../flow.ts';
import { isRecord } from './plan.ts';

type Sheet = Record<string, unknown>;

/** The main sheet and that of each task; null names the main one. */
export function sheetsOf(flow: unknown): Map<string | null, Sheet> {
  const sheets = new Map<string | null, Sheet>();
  if (!isRecord(flow)) return sheets;
  sheets.set(null, flow);
  if (isRecord(flow.tasks)) {
    for (const [id, task] of Object.entries(flow.tasks)) if (isRecord(task)) sheets.set(id, task);
  }
  return sheets;
}

export function actionsOf(sheet: Sheet | undefined): Record<string, unknown> {
  return isRecord(sheet?.actions) ? sheet.actions : {};
}

/** True if the side leads to the action from an outcome, or begins with it, and the base did not. */
export function isNewlyUsed(base: unknown, side: unknown, path: readonly string[]): boolean {
  const task = path[0] === 'tasks' ? (path[1] ?? null) : null;
  const id = path.at(-1) ?? '';
  const before = new Set(usesOf(sheetsOf(base).get(task), id));
  return usesOf(sheetsOf(side).get(task), id).some((use) => !before.has(use));
}

function usesOf(sheet: Sheet | undefined, id: string): string[] {
  const uses = sheet?.entry === id ? ['entry'] : [];
  for (const [from, action] of Object.entries(actionsOf(sheet))) {
    for (const [outcome, target] of nextOf(action)) if (target === id) uses.push(JSON.stringify([from, outcome]));
  }
  return uses;
}

/**
 * The merged document without connections to actions that the merge took away, and without places of such actions. What led
 * nowhere in the document that it comes from is left as it is: it is no fault of the merge.
 */
export function dropLost(flow: Flow, mine: Flow, theirs: Flow): Flow {
  const sides = [sheetsOf(mine), sheetsOf(theirs)];
  const mend = (task: string | null, sheet: Sheet): Sheet => {
    const formers = sides.map((side) => side.get(task) ?? {});
    const actions = actionsOf(sheet);
    /** Every side that has it had the action to it. */
    const isLost = (id: string, has: (former: Sheet) => boolean) => {
      if (Object.hasOwn(actions, id)) return false;
      const having = formers.filter(has);
      return having.length > 0 && having.every((former) => Object.hasOwn(actionsOf(former), id));
    };
    const { entry, layout } = sheet;
    const isEntryLost = typeof entry === 'string' && isLost(entry, (former) => former.entry === entry);
    const kept = mapValues(actions, (action, from) =>
      withoutTargets(action, (outcome, target) =>
        isLost(target, (former) => new Map(nextOf(actionsOf(former)[from])).get(outcome) === target),
      ),
    );
    return {
      ...sheet,
      ...(isEntryLost ? { entry: '' } : {}),
      ...(isRecord(sheet.actions) ? { actions: kept } : {}),
      ...(isRecord(layout) ? { layout: filter(layout, (id) => !isLost(id, (former) => hasPlace(former, id))) } : {}),
    };
  };
  const main = mend(null, flow);
  const tasks = isRecord(main.tasks)
    ? { tasks: mapValues(main.tasks, (task, id) => (isRecord(task) ? mend(id, task) : task)) }
    : {};
  // The same keys with values of the same kinds.
  return { ...main, ...tasks } as Flow;
}

function hasPlace(sheet: Sheet, id: string): boolean {
  return isRecord(sheet.layout) && Object.hasOwn(sheet.layout, id);
}

function withoutTargets(action: unknown, isLost: (outcome: string, target: string) => boolean): unknown {
  const next = nextOf(action);
  const kept = next.filter(([outcome, target]) => !isLost(outcome, target));
  if (!isRecord(action) || kept.length === next.length) return action;
  const { next: _, ...rest } = action;
  return kept.length === 0 ? rest : { ...rest, next: Object.fromEntries(kept) };
}

export function nextOf(action: unknown): [string, string][] {
  if (!isRecord(action) || !isRecord(action.next)) return [];
  return Object.entries(action.next).flatMap(([outcome, target]): [string, string][] =>
    typeof target === 'string' ? [[outcome, target]] : [],
  );
}

function filter(from: Record<string, unknown>, keeps: (key: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keeps(key)));
}

function mapValues(
  from: Record<string, unknown>,
  change: (value: unknown, key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value, key)]));
}
