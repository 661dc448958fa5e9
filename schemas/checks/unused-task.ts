import type { Issue } from '../issue.ts';
import type { CheckedFlow } from './check.ts';
import { inSheet, issue } from './check.ts';

/** Tasks that nothing calls, but for themselves. */
export function unusedTask({ flow, sheets }: CheckedFlow): Issue[] {
  const called = new Set<string>();
  for (const [id, { actions }] of sheets) {
    for (const { action } of actions.values()) {
      if (action.type === 'call-task' && action.settings.task !== id) called.add(action.settings.task);
    }
  }
  return Object.entries(flow.tasks ?? {}).flatMap(([id, task]) => {
    if (called.has(id)) return [];
    const message = `Nothing calls the task "${task.name}": call it, or delete it.`;
    return [inSheet(id, issue('unused-task', 'warning', [], message))];
  });
}
