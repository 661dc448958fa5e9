import type { Action } from '../actions/index.ts';
import type { Flow } from '../flow.ts';
import { differences, type PartChange } from './differences.ts';
import { flowPlan, isRecord } from './plan.ts';
import { isSame } from './same.ts';

/** An action that a mail would meet otherwise. */
export interface ActionChange {
  /** Id of the task that it belongs to; null on the main sheet. */
  task: string | null;
  id: string;
  kind: 'added' | 'removed' | 'changed';
  /** As it was; undefined if it was added. */
  before: Action | undefined;
  /** As it is; undefined if it was removed. */
  after: Action | undefined;
  /** What about it is different; empty unless it was changed. */
  parts: PartChange[];
}

/** What is different between two documents, by what a mail would meet. */
export interface FlowComparison {
  actions: ActionChange[];
  /** Of the flow and its tasks themselves: settings, variables, tasks that came and went, entries. */
  flow: PartChange[];
  /** What of the drawing differs and of no mail's concern: `layout`, `groups`, `notes`. */
  drawing: string[];
  /** True where every mail is treated alike by both. */
  isSameLogic: boolean;
}

/**
 * Compares two documents, which may be drafts and wrong in every way. Ids tell which actions are the same one, so a renamed action is
 * a changed one. Moved cards, groups and notes are no change of logic; neither is the order of keys, of actions or of variables.
 */
export function compareFlows(before: Flow, after: Flow): FlowComparison {
  const { logic, drawing } = differences(flowPlan, before, after);
  const actions = new Map<string, ActionChange>();
  const flow: PartChange[] = [];
  for (const part of logic) {
    const at = actionAt(part.path);
    if (at === null) {
      flow.push(part);
      continue;
    }
    const key = JSON.stringify([at.task, at.id]);
    const known = actions.get(key) ?? changeOf(at, before, after);
    actions.set(key, known);
    if (known.kind === 'changed') known.parts.push(part);
  }
  return {
    actions: [...actions.values()],
    flow,
    drawing: drawingOf(drawing, before, after),
    isSameLogic: logic.length === 0,
  };
}

/** That a card came or went is told already: of the places only those of cards count that both have. */
function drawingOf(paths: readonly (readonly string[])[], before: Flow, after: Flow): string[] {
  const told = paths.filter((path) => {
    if (path.at(-1) !== 'layout') return path.at(-1) !== '$schema';
    const [former, present] = [before, after].map((flow) => path.reduce<unknown>(ownValue, flow));
    const task = path[0] === 'tasks' ? (path[1] ?? null) : null;
    return Object.keys(Object(present)).some(
      (id) =>
        actionIn(before, task, id) !== undefined &&
        actionIn(after, task, id) !== undefined &&
        !isSame(ownValue(former, id), ownValue(present, id)),
    );
  });
  return [...new Set(told.map((path) => path.at(-1) ?? ''))];
}

/** Which action a path leads to or into; null if it leads elsewhere. */
export function actionAt(
  path: readonly string[],
): { task: string | null; id: string; inside: readonly string[] } | null {
  const task = path[0] === 'tasks' && path.length > 2 ? (path[1] ?? null) : null;
  const [container, id, ...inside] = task === null ? path : path.slice(2);
  return container === 'actions' && id !== undefined ? { task, id, inside } : null;
}

/** The action of a sheet, own properties only; undefined where there is none. */
export function actionIn(flow: Flow, task: string | null, id: string): Action | undefined {
  const tasks: unknown = Reflect.get(flow, 'tasks');
  const sheet: unknown = task === null ? flow : ownValue(tasks, task);
  // Only ids that a comparison found in the actions of a document come here.
  return ownValue(ownValue(sheet, 'actions'), id) as Action | undefined;
}

function changeOf({ task, id }: { task: string | null; id: string }, former: Flow, present: Flow): ActionChange {
  const before = actionIn(former, task, id);
  const after = actionIn(present, task, id);
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return { task, id, kind, before, after, parts: [] };
}

function ownValue(from: unknown, key: string): unknown {
  return isRecord(from) && Object.hasOwn(from, key) ? from[key] : undefined;
}
