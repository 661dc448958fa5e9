import type { Check } from './check.ts';
import { issuesOfReferences } from './unknown-reference.ts';

/** Hours that nobody wrote down: the run fails rather than saying "outside the schedule". */
export const unknownSchedule: Check = ({ rules, known }) =>
  issuesOfReferences(rules, 'within-schedule', 'schedule', known.schedules);
