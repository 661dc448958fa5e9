import type { Schedule } from '../../schemas/schedule.ts';

/** What rules look up by id beyond the mail. The same list is the same array for as long as nobody changes it. */
export interface Directory {
  /** Undefined where there is no such list. */
  list(id: string): readonly string[] | undefined;
  /** Undefined where there is no such schedule. */
  schedule(id: string): Schedule | undefined;
}

/** Of a place without lists and schedules. */
export const emptyDirectory: Directory = { list: () => undefined, schedule: () => undefined };
