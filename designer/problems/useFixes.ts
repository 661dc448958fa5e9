import { useMemo } from 'react';
import type { Issue } from '../../schemas/issue.ts';
import { useLists } from '../api/lists.ts';
import { useCreateQueue, useQueues } from '../api/queues.ts';
import { useSchedules } from '../api/schedules.ts';
import { useMay } from '../api/session.ts';
import { useCommandContext } from '../commands/useCommands.ts';
import { notifyDone, notifyError } from '../shell/notify.ts';
import { useEditor } from '../state/useEditor.ts';
import { type Fix, type FixKnown, fixContext } from './fixes/fix.ts';
import { fixers } from './fixes/index.ts';
import { showProblem } from './show-problem.ts';

/** What the fixes know of the installation; the same object until that changes. */
export function useFixKnown(): FixKnown {
  const queues = useQueues().data?.items;
  const lists = useLists().data?.items;
  const schedules = useSchedules().data?.items;
  return useMemo(
    () => ({ queues: queues ?? [], lists: lists ?? [], schedules: schedules ?? [] }),
    [queues, lists, schedules],
  );
}

/** The ways to mend a problem, and doing one of them. */
export function useFixes(issue: Issue, known: FixKnown): { fixes: readonly Fix[]; apply: (fix: Fix) => void } {
  const { store, workbench } = useCommandContext();
  const flow = useEditor((state) => state.history.flow);
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const mayCreate = useMay('settings');
  const createQueue = useCreateQueue();
  const fixes = useMemo(() => {
    const all = isReadOnly ? [] : (fixers[issue.code]?.(fixContext(flow, issue, known)) ?? []);
    return mayCreate ? all : all.filter((fix) => !('createQueue' in fix));
  }, [flow, issue, known, isReadOnly, mayCreate]);

  const apply = async (fix: Fix) => {
    showProblem(store, issue);
    if ('command' in fix) store.getState().run(fix.command);
    else if ('choose' in fix) {
      const { title, items, command } = fix.choose;
      const id = await workbench
        .getState()
        .choose({ title, items, placeholder: 'Find by name', empty: 'Nothing of that name' });
      if (id !== null) store.getState().run(command(id));
    } else if ('createQueue' in fix) {
      const queue = { id: fix.createQueue, name: nameOf(fix.createQueue) };
      await createQueue.mutateAsync(queue);
      notifyDone(`There is a queue “${queue.name}” now.`);
    }
  };
  return { fixes, apply: (fix) => void apply(fix).catch((error) => notifyError(error)) };
}

/** "priority-support" → "Priority support". */
function nameOf(id: string): string {
  const words = id.replaceAll('-', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
