import type { Run, Step } from '../../schemas/run.ts';

/** Names that no outcome can have. */
export const reached = '(reached)';
export const failed = '(failed)';

/** One way that a mail took at an action. */
interface Way {
  flow: string;
  version: number;
  /** Id of the task; empty for the flow itself. */
  sheet: string;
  action: string;
  outcome: string;
}

/** What one mail adds to the counts of the published version that ran, and of the modules that it called. */
export type Passed = readonly Way[];

/** Null for the run of a draft, which is not counted. */
export function passedOf(run: Run): Passed | null {
  return run.version === null ? null : waysOf(run);
}

/**
 * What a run adds to the counts: that an action was reached, which outcomes it took, that it failed there. Each once, however often
 * a mail passed it: what is counted is mails. The steps in a module are counted for the version of the module.
 */
function waysOf(run: Run): Way[] {
  const ways = new Map<string, Way>();
  const add = ({ action, task: sheet = '', flow = run.flow, version = run.version }: Step, outcome: string) => {
    if (version !== null)
      ways.set([flow, version, sheet, action, outcome].join('\n'), { flow, version, sheet, action, outcome });
  };
  for (const step of run.steps) {
    add(step, reached);
    if (step.outcome !== null) add(step, step.outcome);
    if (step.error !== undefined) add(step, failed);
  }
  return [...ways.values()];
}
