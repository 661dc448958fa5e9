import { useEffect, useMemo, useState } from 'react';
import { checkFlow } from '../../schemas/check-flow.ts';
import type { Flow } from '../../schemas/flow.ts';
import { useQueues } from '../api/queues.ts';
import type { Issues } from './IssuesContext.ts';

/** Long enough to skip the letters of a word, short enough to feel live. */
const pauseMs = 250;

/** What is wrong with the document, shortly after each edit. */
export function useIssues(flow: Flow): Issues {
  const { data } = useQueues();
  const queues = useMemo(() => data?.items.map(({ id }) => id), [data]);
  const [checked, setChecked] = useState<{ flow: Flow; issues: Issues['issues'] } | null>(null);

  useEffect(() => {
    const timer = setTimeout(() => {
      // Until the queues are known no queue is called unknown.
      const { issues } = checkFlow(flow, queues === undefined ? {} : { queues });
      setChecked({ flow, issues });
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [flow, queues]);

  return useMemo(() => ({ issues: checked?.issues ?? [], isCurrent: checked?.flow === flow }), [checked, flow]);
}
