import type { Check } from './check.ts';
import { issue } from './check.ts';

/**
 * No schedules can be written down yet, so that every one is unknown. The operator is in the table all the same: flows that use it get
 * this sentence and not "no such operator", and at run time it fails rather than saying "outside the schedule".
 */
export const unknownSchedule: Check = ({ rules }) =>
  rules.flatMap(({ action, at, report }) =>
    report.uses
      .filter(({ operator }) => operator === 'within-schedule')
      .map(({ operands, pointer }) => {
        const message = `There is no schedule ${JSON.stringify(operands[0] ?? null)}: this version of Sluice has no schedules yet; remove the condition.`;
        const found = issue('unknown-schedule', 'error', at, message, action);
        return { ...found, path: found.path + pointer };
      }),
  );
