import { useMemo } from 'react';
import type { BacktestEnding } from '../../schemas/api/backtest.ts';
import { useQueues } from '../api/queues.ts';

/** What an ending is called: "Billing", "Disconnected", "Fallback to General". */
export function useEndingWords(): (ending: BacktestEnding) => string {
  const { data } = useQueues();
  const items = data?.items;
  return useMemo(() => {
    const names = new Map(items?.map(({ id, name }) => [id, name]));
    return ({ kind, queue }) => {
      const name = names.get(queue ?? '') ?? queue ?? '';
      if (kind === 'queue') return name;
      if (kind === 'fallback') return `Fallback to ${name}`;
      return kind === 'disconnect' ? 'Disconnected' : 'No flow ran';
    };
  }, [items]);
}
