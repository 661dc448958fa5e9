import { createContext } from 'react';
import { callsOf } from '../../schemas/calls.ts';
import type { Run } from '../../schemas/run.ts';
import { type DrawnPlace, isSamePlace, placeOfStep } from '../../schemas/sheet.ts';

/** What a run means for the canvas: which actions and outcomes it took, and the step that is looked at. */
export interface RunPath {
  /** Action id → how often and how it was passed; the last step of it. */
  steps: ReadonlyMap<string, { count: number; failed: boolean }>;
  /** Keys `action:outcome` of the connections that were taken. */
  taken: ReadonlySet<string>;
  /** The action of the step that is looked at, or the call here that led to it; null where that is elsewhere. */
  current: string | null;
  /** The action at which the run parts from another that it is compared with. */
  mark: string | null;
}

interface LookedAt {
  /** Index of the step that is looked at. */
  current: number | null;
  mark?: number | null;
}

export const RunContext = createContext<RunPath | null>(null);

/** The part of a run that is drawn at one place: the same id on another sheet is another action. */
export function runPath(run: Run, place: DrawnPlace, { current, mark = null }: LookedAt): RunPath {
  const steps = new Map<string, { count: number; failed: boolean }>();
  const taken = new Set<string>();
  const isHere = (index: number) => {
    const step = run.steps[index];
    return step !== undefined && isSamePlace(placeOfStep(step, run), place);
  };
  for (const [index, step] of run.steps.entries()) {
    if (!isHere(index)) continue;
    steps.set(step.action, { count: (steps.get(step.action)?.count ?? 0) + 1, failed: step.error !== undefined });
    if (step.outcome !== null) taken.add(`${step.action}:${step.outcome}`);
  }
  const calls = callsOf(run.steps);
  const actionAt = (index: number | null): string | null => {
    if (index === null) return null;
    return isHere(index) ? (run.steps[index]?.action ?? null) : actionAt(calls[index]?.at ?? null);
  };
  return { steps, taken, current: actionAt(current), mark: actionAt(mark) };
}
