import { useMemo } from 'react';
import { useQueues } from '../api/queues.ts';
import type { CardWords } from './card.ts';

/** Names for the summaries; the same object until the queues change, so that cards are not drawn again for nothing. */
export function useCardWords(): CardWords {
  const { data } = useQueues();
  const items = data?.items;
  return useMemo(() => {
    const names = new Map(items?.map(({ id, name }) => [id, name]));
    return { queue: (id) => names.get(id) ?? id };
  }, [items]);
}
