import { useEffect, useMemo, useRef, useState } from 'react';
import type { Flow } from '../../schemas/flow.ts';
import { useQueues } from '../api/queues.ts';
import { createFlowChecker, type FlowChecker } from './flow-checker.ts';
import type { Issues } from './IssuesContext.ts';

/** Long enough to skip the letters of a word, short enough to feel live. */
const pauseMs = 150;

/** What is wrong with the document, shortly after each edit, found off the main thread. */
export function useIssues(flow: Flow): Issues {
  const { data } = useQueues();
  const queues = useMemo(() => data?.items.map(({ id }) => id), [data]);
  const [checked, setChecked] = useState<{ flow: Flow; issues: Issues['issues'] } | null>(null);
  const checker = useRef<FlowChecker | null>(null);

  useEffect(() => {
    const made = createFlowChecker(openWorker, setChecked);
    checker.current = made;
    return () => made.close();
  }, []);

  useEffect(() => {
    // Until the queues are known no queue is called unknown.
    const known = queues === undefined ? {} : { queues };
    const timer = setTimeout(() => checker.current?.check(flow, known), pauseMs);
    return () => clearTimeout(timer);
  }, [flow, queues]);

  return useMemo(() => ({ issues: checked?.issues ?? [], isCurrent: checked?.flow === flow }), [checked, flow]);
}

function openWorker(): Worker {
  return new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
}
