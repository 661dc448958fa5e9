import type { Action } from '../../../schemas/actions/index.ts';
import type { Flow } from '../../../schemas/flow.ts';

/**
 * One edit of the flow document. `apply` is pure, shares what it does not change, and returns the very document it was
 * given when there is nothing to do; the stack then records nothing.
 */
export interface Command {
  /** What the undo button says it takes back, such as "Delete 2 actions". */
  label: string;
  apply(flow: Flow): Flow;
  /** Commands of the same key that follow each other within a moment are one undo step: a burst of typing. */
  burst?: string;
  /** Actions to select afterwards, so that the person goes on with what they made. */
  select?: readonly string[];
}

/** The document with one action changed; the same document if there is no such action or nothing changed. */
export function withAction(flow: Flow, id: string, change: (action: Action) => Action): Flow {
  const action = flow.actions[id];
  if (action === undefined) return flow;
  const changed = change(action);
  return changed === action ? flow : { ...flow, actions: { ...flow.actions, [id]: changed } };
}

/** The action with another `next`; without the key where nothing is connected, so that the file stays short. */
export function withNext(action: Action, next: Record<string, string>): Action {
  const { next: _, ...rest } = action;
  return Object.keys(next).length === 0 ? rest : { ...rest, next };
}
