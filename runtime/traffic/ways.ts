import type { Run } from '../../schemas/run.ts';

/** Names that no outcome can have. */
export const reached = '(reached)';
export const failed = '(failed)';

/** One way that a mail took at an action. */
interface Way {
  /** Empty for the flow itself. */
  sheet: string;
  action: string;
  outcome: string;
}

/** What one mail adds to the counts of a published version. */
export interface Passed {
  flow: string;
  version: number;
  ways: readonly Way[];
}

/** Null for the run of a draft, which is not counted. */
export function passedOf(run: Run): Passed | null {
  return run.version === null ? null : { flow: run.flow, version: run.version, ways: waysOf(run) };
}

/**
 * What a run adds to the counts: that an action was reached, which outcomes it took, that it failed there. Each once, however often
 * a mail passed it: what is counted is mails.
 */
function waysOf(run: Run): Way[] {
  const ways = new Map<string, Way>();
  const add = (action: string, outcome: string) => {
    ways.set(`${action}\n${outcome}`, { sheet: '', action, outcome });
  };
  for (const step of run.steps) {
    add(step.action, reached);
    if (step.outcome !== null) add(step.action, step.outcome);
    if (step.error !== undefined) add(step.action, failed);
  }
  return [...ways.values()];
}
