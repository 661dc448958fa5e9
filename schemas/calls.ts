import type { Step } from './run.ts';

/** One call of a task or a module in a run. */
export interface Call {
  /** Index of the step that called. */
  at: number;
  /** Index of the step that went back; null where the run ended before. */
  until: number | null;
  kind: 'task' | 'module';
  /** The call that it was made from; null for the flow itself. */
  outer: Call | null;
  /** How many calls deep; a call from the flow itself is 1. */
  depth: number;
}

/** The call that each step belongs to, by its index; null for the flow itself. What is behind a call belongs to it until a step goes back. */
export function callsOf(steps: readonly Pick<Step, 'type'>[]): (Call | null)[] {
  let open: Call | null = null;
  return steps.map(({ type }, at) => {
    const own: Call | null = open;
    if (type === 'call-task' || type === 'call-flow') {
      const kind = type === 'call-task' ? 'task' : 'module';
      open = { at, until: null, kind, outer: own, depth: (own?.depth ?? 0) + 1 };
    } else if (type === 'return' && own !== null) {
      own.until = at;
      open = own.outer;
    }
    return own;
  });
}
