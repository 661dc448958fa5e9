import { useMemo } from 'react';
import type { Flow } from '../../schemas/flow.ts';
import { useModules } from '../api/flows.ts';
import { useLists } from '../api/lists.ts';
import { useQueues } from '../api/queues.ts';
import { useSchedules } from '../api/schedules.ts';
import type { CardWords } from './card.ts';

/** Names for the summaries of a flow's cards; the same object until a name changes, so that cards are not drawn again for nothing. */
export function useCardWords(tasks?: Flow['tasks']): CardWords {
  const queues = useQueues().data?.items;
  const modules = useModules().data?.items;
  const lists = useLists().data?.items;
  const schedules = useSchedules().data?.items;
  const taskNames = JSON.stringify(Object.entries(tasks ?? {}).map(([id, { name }]) => [id, name]));
  return useMemo(() => {
    const ofQueues = new Map(queues?.map(({ id, name }) => [id, name]));
    const ofModules = new Map(modules?.map(({ id, name }) => [id, name]));
    const ofLists = new Map(lists?.map(({ id, name }) => [id, name]));
    const ofSchedules = new Map(schedules?.map(({ id, name }) => [id, name]));
    // Written above, from strings.
    const ofTasks = new Map(JSON.parse(taskNames) as [string, string][]);
    return {
      queue: (id) => ofQueues.get(id) ?? id,
      task: (id) => ofTasks.get(id) ?? id,
      flow: (id) => ofModules.get(id) ?? id,
      list: (id) => ofLists.get(id) ?? id,
      schedule: (id) => ofSchedules.get(id) ?? id,
    };
  }, [queues, modules, lists, schedules, taskNames]);
}
