import type { Flow } from './flow.ts';
import type { Place, PlacedAction } from './run.ts';

/** What is drawn on one tab of the canvas: the flow itself, or one of its tasks. Ids of actions are unique within their sheet. */
export type Sheet = Pick<Flow, 'entry' | 'actions' | 'layout' | 'groups' | 'notes'>;

/** Names a sheet of a flow: a task by its id, the flow itself by null. */
export type SheetId = string | null;

export const mainSheet = null;

/** The sheet of that name; undefined if the flow has no such task. */
export function findSheet(flow: Flow, id: SheetId): Sheet | undefined {
  if (id === mainSheet) return flow;
  return flow.tasks !== undefined && Object.hasOwn(flow.tasks, id) ? flow.tasks[id] : undefined;
}

/** The flow itself, then its tasks. */
export function sheetsOf(flow: Flow): Sheet[] {
  return [flow, ...Object.values(flow.tasks ?? {})];
}

/** Where a step of a run is drawn: a sheet of the flow that the mail came to, or of a module, by its version. */
export interface DrawnPlace {
  flow: string;
  version: number | null;
  sheet: SheetId;
}

export function placeOfStep(step: Place, run: { flow: string; version: number | null }): DrawnPlace {
  const { flow = run.flow, version = run.version, task } = step;
  return { flow, version, sheet: task ?? mainSheet };
}

/** Tells actions of all sheets and modules apart: `ask`, `greet/ask`, `billing:ask`. Whatever version of a module ran, the action is the same. */
export function keyOfAction({ action, task, flow }: PlacedAction): string {
  return `${flow === undefined ? '' : `${flow}:`}${task === undefined ? '' : `${task}/`}${action}`;
}

export function isSamePlace(a: DrawnPlace, b: DrawnPlace): boolean {
  return a.flow === b.flow && a.version === b.version && a.sheet === b.sheet;
}

/** Segments of the JSON pointer that leads to a sheet from the document's root. */
export function pathOfSheet(id: SheetId): readonly string[] {
  return id === mainSheet ? [] : ['tasks', id];
}

/** The flow with one sheet changed; the same flow if there is no such sheet or nothing changed. */
export function withSheet(flow: Flow, id: SheetId, change: <S extends Sheet>(sheet: S) => S): Flow {
  if (id === mainSheet) return change(flow);
  const task = flow.tasks !== undefined && Object.hasOwn(flow.tasks, id) ? flow.tasks[id] : undefined;
  if (task === undefined) return flow;
  const changed = change(task);
  return changed === task ? flow : { ...flow, tasks: { ...flow.tasks, [id]: changed } };
}
