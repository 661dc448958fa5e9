import { useEffect, useMemo, useRef, useState } from 'react';
import type { FromAddressView } from '../../schemas/api/from-addresses.ts';
import type { Known } from '../../schemas/checks/check.ts';
import type { Flow } from '../../schemas/flow.ts';
import { useModules } from '../api/flows.ts';
import { useFromAddresses } from '../api/from-addresses.ts';
import { useLists } from '../api/lists.ts';
import { useQueues } from '../api/queues.ts';
import { useSchedules } from '../api/schedules.ts';
import { createFlowChecker, type FlowChecker } from './flow-checker.ts';
import type { Issues } from './IssuesContext.ts';

/** Long enough to skip the letters of a word, short enough to feel live. */
const pauseMs = 150;

/** What is wrong with the document, shortly after each edit, found off the main thread. */
export function useIssues(flow: Flow): { found: Issues; isCurrent: boolean } {
  const queues = useIds(useQueues().data);
  const lists = useIds(useLists().data);
  const schedules = useIds(useSchedules().data);
  const fromAddresses = useUsable(useFromAddresses().data);
  const modules = useModules().data?.items;
  const [checked, setChecked] = useState<{ flow: Flow; issues: Issues['issues'] } | null>(null);
  const checker = useRef<FlowChecker | null>(null);

  useEffect(() => {
    // The same issues stay the same list: every card would be asked whether it is concerned.
    const made = createFlowChecker(openWorker, ({ flow: of, issues }) =>
      setChecked((former) => ({ flow: of, issues: isSame(former?.issues, issues) ? former.issues : issues })),
    );
    checker.current = made;
    return () => made.close();
  }, []);

  useEffect(() => {
    // Until they are known none is called unknown.
    const known = { queues, lists, schedules, fromAddresses, modules };
    const timer = setTimeout(() => checker.current?.check(flow, known), pauseMs);
    return () => clearTimeout(timer);
  }, [flow, queues, lists, schedules, fromAddresses, modules]);

  const issues = checked?.issues;
  const found = useMemo(() => ({ issues: issues ?? [] }), [issues]);
  return { found, isCurrent: checked?.flow === flow };
}

function useIds(data: { items: readonly { id: string }[] } | undefined): string[] | undefined {
  return useMemo(() => data?.items.map(({ id }) => id), [data]);
}

function useUsable(data: { items: readonly FromAddressView[] } | undefined): Known['fromAddresses'] {
  return useMemo(() => data?.items.map(({ id, problem }) => ({ id, problem })), [data]);
}

function isSame(former: Issues['issues'] | undefined, issues: Issues['issues']): former is Issues['issues'] {
  return JSON.stringify(former) === JSON.stringify(issues);
}

function openWorker(): Worker {
  return new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
}
