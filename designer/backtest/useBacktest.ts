import { useCallback, useEffect, useRef, useState } from 'react';
import type { BacktestBody } from '../../schemas/api/backtest.ts';
import { backtestEvents } from '../api/backtest.ts';
import { ApiError } from '../api/client.ts';
import { nothingYet, type Results, withEvent } from './results.ts';

export interface Backtest {
  /** `stopped`: by the person, what came until then stays. */
  state: 'idle' | 'running' | 'stopped' | 'done' | 'failed';
  results: Results;
  error: unknown;
  /** What ran: the document and the choices, and a number that tells one backtest from the next. */
  ran: { body: Body; number: number } | null;
}

type Body = BacktestBody & { document: Record<string, unknown> };

const idle: Backtest = { state: 'idle', results: nothingYet, error: null, ran: null };

/** One backtest at a time. Leaving the page ends it, on the server too. */
export function useBacktest(flow: string) {
  const [backtest, setBacktest] = useState<Backtest>(idle);
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);

  const stop = useCallback(() => {
    leaving.current?.abort();
    setBacktest((before) => (before.state === 'running' ? { ...before, state: 'stopped' } : before));
  }, []);

  const start = useCallback(
    async (bodyOf: () => Promise<Body>) => {
      leaving.current?.abort();
      const controller = new AbortController();
      const { signal } = controller;
      leaving.current = controller;
      setBacktest((before) => ({ ...idle, state: 'running', ran: before.ran }));
      try {
        const body = await bodyOf();
        if (signal.aborted) return;
        setBacktest((before) => ({ ...before, ran: { body, number: (before.ran?.number ?? 0) + 1 } }));
        for await (const event of backtestEvents(flow, body, signal)) {
          if (event.event === 'error') throw new ApiError(0, event.code, event.detail);
          setBacktest((before) => {
            const state = event.event === 'end' ? 'done' : before.state;
            return { ...before, state, results: withEvent(before.results, event) };
          });
        }
        // The server went away in the middle: what came so far is not the whole.
        setBacktest((before) => (before.state === 'running' ? { ...before, state: 'stopped' } : before));
      } catch (error) {
        if (!signal.aborted) setBacktest((before) => ({ ...before, state: 'failed', error }));
      }
    },
    [flow],
  );

  return { ...backtest, start, stop };
}
