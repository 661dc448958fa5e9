import type { CheckContext } from './check.ts';
import { issue } from './check.ts';

/**
 * Actions from which no ending can be reached: a mail would go round until the step limit. One issue for each such circle. An outcome
 * that is not connected counts as an ending, since it has an issue of its own.
 */
export function noEnding(context: CheckContext) {
  const trapped = trappedActions(context);
  return [...firstOfEachCircle(context, trapped)].map((id) => {
    const name = context.actions.get(id)?.action.name ?? id;
    return issue(
      'no-ending',
      'error',
      ['actions', id],
      `A mail that comes to "${name}" goes round in a circle for ever: connect an outcome of it, or of what follows, to an ending.`,
      id,
    );
  });
}

function trappedActions({ actions, reachable }: CheckContext): Set<string> {
  const before = new Map<string, string[]>();
  const pending: string[] = [];
  for (const { id, outcomes, connections } of actions.values()) {
    if (connections.length < outcomes.length || outcomes.length === 0) pending.push(id);
    for (const { target } of connections) {
      const list = before.get(target);
      if (list === undefined) before.set(target, [id]);
      else list.push(id);
    }
  }
  const ends = new Set(pending);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const previous of before.get(id) ?? []) {
      if (ends.has(previous)) continue;
      ends.add(previous);
      pending.push(previous);
    }
  }
  return new Set([...reachable].filter((id) => !ends.has(id)));
}

/** Trapped actions lead only to trapped actions: following them from the first in reach marks the whole circle. */
function firstOfEachCircle({ actions }: CheckContext, trapped: ReadonlySet<string>): Set<string> {
  const first = new Set<string>();
  const seen = new Set<string>();
  for (const id of trapped) {
    if (seen.has(id)) continue;
    first.add(id);
    const pending = [id];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(...(actions.get(next)?.connections ?? []).map(({ target }) => target));
    }
  }
  return first;
}
