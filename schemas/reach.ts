import { outcomesOf } from './actions/index.ts';
import type { Sheet } from './sheet.ts';

/** Which actions of a sheet a mail can come to. */
export interface Reach {
  all: ReadonlySet<string>;
  /** Those that it can come to while no loop of the sheet runs. */
  outsideLoops: ReadonlySet<string>;
}

/** Follows the connections from the entry; in time linear in the size of the sheet. */
export function reachOf(sheet: Sheet): Reach {
  return {
    all: walk(sheet, () => true),
    // A round ends at its loop again: what only the outcome `each` leads to runs inside.
    outsideLoops: walk(sheet, (type, outcome) => type !== 'loop' || outcome !== 'each'),
  };
}

function walk({ entry, actions }: Sheet, follows: (type: string, outcome: string) => boolean): Set<string> {
  const reached = new Set<string>();
  const pending = [entry];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const action = Object.hasOwn(actions, id) ? actions[id] : undefined;
    if (action === undefined || reached.has(id)) continue;
    reached.add(id);
    for (const outcome of outcomesOf(action)) {
      const target =
        action.next !== undefined && Object.hasOwn(action.next, outcome) ? action.next[outcome] : undefined;
      if (target !== undefined && follows(action.type, outcome)) pending.push(target);
    }
  }
  return reached;
}
