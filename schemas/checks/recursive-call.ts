import type { Issue } from '../issue.ts';
import type { CheckedFlow } from './check.ts';
import { inSheet, issue } from './check.ts';

/** Tasks and modules that call themselves, directly or around: a mail would go in until the run fails. */
export function recursiveCall(checked: CheckedFlow): Issue[] {
  return [...ofTasks(checked), ...ofModules(checked)];
}

function ofTasks({ flow, sheets }: CheckedFlow): Issue[] {
  const calls = new Map<string, string[]>();
  for (const [id, { actions }] of sheets) {
    const called = [...actions.values()].flatMap(({ action }) =>
      action.type === 'call-task' ? [action.settings.task] : [],
    );
    if (id !== null) calls.set(id, called);
  }
  return [...sheets].flatMap(([id, { actions }]) => {
    if (id === null) return [];
    return [...actions.values()].flatMap(({ id: at, action }) => {
      if (action.type !== 'call-task' || !reaches(calls, action.settings.task, id)) return [];
      const name = flow.tasks?.[id]?.name ?? id;
      const message = `The task "${name}" comes back to itself by this call, in a circle without an end: call something else.`;
      return [inSheet(id, issue('recursive-call', 'error', ['actions', at, 'settings', 'task'], message, at))];
    });
  });
}

function ofModules({ flow, sheets, known }: CheckedFlow): Issue[] {
  if (flow.type !== 'module') return [];
  const calls = new Map(known.modules?.filter(({ id }) => id !== flow.id).map(({ id, calls: called }) => [id, called]));
  return [...sheets].flatMap(([id, { actions }]) =>
    [...actions.values()].flatMap(({ id: at, action }) => {
      if (action.type !== 'call-flow' || !reaches(calls, action.settings.flow, flow.id)) return [];
      const message = `This module comes back to itself by this call, in a circle without an end: call something else.`;
      return [inSheet(id, issue('recursive-call', 'error', ['actions', at, 'settings', 'flow'], message, at))];
    }),
  );
}

/** True if calls lead from one to the other, or both are the same. */
function reaches(calls: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const pending = [from];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    pending.push(...(calls.get(id) ?? []));
  }
  return false;
}
