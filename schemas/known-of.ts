import type { Known } from './checks/check.ts';
import type { Settings } from './settings.ts';

/** What the checks of a flow need to know of an installation. */
export function knownOf({ queues, lists, schedules }: Pick<Settings, 'queues' | 'lists' | 'schedules'>): Known {
  const ids = (entries: readonly { id: string }[]): string[] => entries.map(({ id }) => id);
  return { queues: ids(queues), lists: ids(lists), schedules: ids(schedules) };
}
