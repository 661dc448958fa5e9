import { createContext } from 'react';
import type { Run } from '../../schemas/run.ts';

/** What a run means for the canvas: which actions and outcomes it took, and the step that is looked at. */
export interface RunPath {
  /** Action id → how often and how it was passed; the last step of it. */
  steps: ReadonlyMap<string, { count: number; failed: boolean }>;
  /** Keys `action:outcome` of the connections that were taken. */
  taken: ReadonlySet<string>;
  /** The action of the step that is looked at. */
  current: string | null;
  /** The action at which the run parts from another that it is compared with. */
  mark: string | null;
}

export const RunContext = createContext<RunPath | null>(null);

export function runPath(run: Run, current: number | null, mark: number | null = null): RunPath {
  const steps = new Map<string, { count: number; failed: boolean }>();
  const taken = new Set<string>();
  for (const step of run.steps) {
    steps.set(step.action, { count: (steps.get(step.action)?.count ?? 0) + 1, failed: step.error !== undefined });
    if (step.outcome !== null) taken.add(`${step.action}:${step.outcome}`);
  }
  const actionAt = (index: number | null) => (index === null ? null : (run.steps[index]?.action ?? null));
  return { steps, taken, current: actionAt(current), mark: actionAt(mark) };
}
