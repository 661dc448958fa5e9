import type { Flow } from '../../schemas/flow.ts';

interface ChangedAction {
  id: string;
  name: string;
}

/** What publishing would change, by what a mail would meet; places of cards are none of that. */
export interface FlowChanges {
  added: ChangedAction[];
  removed: ChangedAction[];
  changed: ChangedAction[];
  /** Which of the flow's own settings differ: "entry", "fallback". */
  settings: string[];
  isLayoutOnly: boolean;
}

const ownSettings = ['name', 'description', 'variables', 'fallback', 'entry', 'tasks'] as const;

export function compareFlows(before: Flow, after: Flow): FlowChanges {
  const name = (flow: Flow, id: string) => ({ id, name: flow.actions[id]?.name ?? id });
  const added = Object.keys(after.actions).filter((id) => !Object.hasOwn(before.actions, id));
  const removed = Object.keys(before.actions).filter((id) => !Object.hasOwn(after.actions, id));
  const changed = Object.keys(after.actions).filter(
    (id) => Object.hasOwn(before.actions, id) && !isSame(before.actions[id], after.actions[id]),
  );
  const settings = ownSettings.filter((key) => !isSame(before[key], after[key]));
  const isSameLogic = added.length + removed.length + changed.length + settings.length === 0;
  return {
    added: added.map((id) => name(after, id)),
    removed: removed.map((id) => name(before, id)),
    changed: changed.map((id) => name(after, id)),
    settings,
    isLayoutOnly: isSameLogic && !isSame(before.layout, after.layout),
  };
}

/** Equal as JSON, whatever the order of the keys: files are written by people too. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const one = Object.entries(a).filter(([, value]) => value !== undefined);
  const other = Object.entries(b).filter(([, value]) => value !== undefined);
  return (
    one.length === other.length &&
    one.every(([key, value]) => Object.hasOwn(b, key) && isSame(value, Reflect.get(b, key)))
  );
}
