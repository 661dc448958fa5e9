import { outcomesOf } from '../../schemas/actions/index.ts';
import type { Sheet } from '../../schemas/sheet.ts';

/** A connection that a person can follow: from an action by one of its outcomes to another. */
export interface Way {
  action: string;
  outcome: string;
  target: string;
}

/** Where the outcomes of an action lead, in the order in which they are drawn. */
export function waysOn(sheet: Sheet, id: string): Way[] {
  const action = sheet.actions[id];
  if (action === undefined) return [];
  return outcomesOf(action).flatMap((outcome): Way[] => {
    const target = action.next?.[outcome];
    return target !== undefined && Object.hasOwn(sheet.actions, target) ? [{ action: id, outcome, target }] : [];
  });
}

/** The connections that lead to an action, in the order of the document. */
export function waysTo(sheet: Sheet, id: string): Way[] {
  return Object.keys(sheet.actions).flatMap((from) => waysOn(sheet, from).filter(({ target }) => target === id));
}

/** The actions beside this one: those that the same actions lead to, in the order of their outcomes, itself included. */
export function siblingsOf(sheet: Sheet, id: string): string[] {
  const parents = new Set(waysTo(sheet, id).map(({ action }) => action));
  const siblings = [...parents].flatMap((parent) => waysOn(sheet, parent).map(({ target }) => target));
  return [...new Set(siblings)];
}

/** These actions and everything that a mail can meet after them. */
export function downstreamOf(sheet: Sheet, ids: readonly string[]): string[] {
  return reach(ids, (id) => waysOn(sheet, id).map(({ target }) => target));
}

/** These actions and everything that a mail can have met before them. */
export function upstreamOf(sheet: Sheet, ids: readonly string[]): string[] {
  const before = Map.groupBy(
    Object.keys(sheet.actions).flatMap((id) => waysOn(sheet, id)),
    ({ target }) => target,
  );
  return reach(ids, (id) => before.get(id)?.map(({ action }) => action) ?? []);
}

/** The action with all that follows it and that a mail cannot come to by any other way. */
export function branchOf(sheet: Sheet, id: string): string[] {
  const others = Object.keys(sheet.actions).filter((each) => each !== id);
  const below = new Set(downstreamOf(sheet, [id]));
  // Whatever is not below is a way in of its own, and so is the entry.
  const starts = others.filter((each) => !below.has(each) || each === sheet.entry);
  const elsewhere = new Set(
    reach(starts, (each) =>
      waysOn(sheet, each)
        .map(({ target }) => target)
        .filter((target) => target !== id),
    ),
  );
  return [...below].filter((each) => each === id || !elsewhere.has(each));
}

function reach(starts: readonly string[], next: (id: string) => readonly string[]): string[] {
  const reached = new Set<string>();
  const pending = [...starts].reverse();
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    pending.push(...next(id).toReversed());
  }
  return [...reached];
}
