import type { Known } from './checks/check.ts';
import { fromProblem } from './from-address.ts';
import type { Settings } from './settings.ts';

type Needed = Pick<Settings, 'queues' | 'lists' | 'schedules' | 'fromAddresses' | 'domains'>;

/** What the checks of a flow need to know of an installation. */
export function knownOf({ queues, lists, schedules, fromAddresses, domains }: Needed): Known {
  const ids = (entries: readonly { id: string }[]): string[] => entries.map(({ id }) => id);
  return {
    queues: ids(queues),
    lists: ids(lists),
    schedules: ids(schedules),
    fromAddresses: fromAddresses.map(({ id, address }) => ({ id, problem: fromProblem(address, domains) ?? '' })),
  };
}
