import { useMemo } from 'react';
import type { Flow } from '../../schemas/flow.ts';
import { reachOf } from '../../schemas/reach.ts';
import { findSheet, type SheetId } from '../../schemas/sheet.ts';
import type { Variable } from '../../schemas/variable.ts';
import { useEditor } from '../state/useEditor.ts';

/** What the settings of an action can read, named as it is referred to; null stands for the sheet itself. */
export function useVisibleVariables(action: string | null): readonly Variable[] {
  const flow = useEditor((state) => state.history.flow);
  const sheet = useEditor((state) => state.sheet);
  const isInLoop = useMemo(() => action !== null && runsInLoop(flow, sheet, action), [flow, sheet, action]);
  const { variables, inputs, outputs, tasks } = flow;
  const task = sheet === null ? undefined : tasks?.[sheet];
  return useMemo(() => {
    const ofTask = [...(task?.inputs ?? []), ...(task?.outputs ?? [])];
    return [
      ...(variables ?? []),
      ...(inputs ?? []),
      ...(outputs ?? []),
      ...ofTask.map((variable) => ({ ...variable, name: `task.${variable.name}` })),
      ...(isInLoop ? loopVariables : []),
    ];
  }, [variables, inputs, outputs, task?.inputs, task?.outputs, isInLoop]);
}

const loopVariables: readonly Variable[] = [
  { name: 'loop.item', type: 'json' },
  { name: 'loop.index', type: 'number' },
  { name: 'loop.count', type: 'number' },
];

function runsInLoop(flow: Flow, id: SheetId, action: string): boolean {
  const sheet = findSheet(flow, id);
  if (sheet === undefined || !Object.values(sheet.actions).some(({ type }) => type === 'loop')) return false;
  const { all, outsideLoops } = reachOf(sheet);
  return all.has(action) && !outsideLoops.has(action);
}
