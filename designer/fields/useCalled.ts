import type { Variable } from '../../schemas/variable.ts';
import { useModules } from '../api/flows.ts';
import { useEditor } from '../state/useEditor.ts';
import type { FieldProps } from './field.ts';

interface Called {
  inputs: readonly Variable[];
  outputs: readonly Variable[];
}

/** What the action with these settings calls; null while that is not chosen or not known. */
export function useCalled(settings: FieldProps['settings']): Called | null {
  const tasks = useEditor((state) => state.history.flow.tasks);
  const modules = useModules().data?.items;
  const { task, flow } = settings ?? {};
  const called =
    typeof task === 'string' && tasks !== undefined && Object.hasOwn(tasks, task)
      ? tasks[task]
      : modules?.find(({ id }) => id === flow);
  return called === undefined ? null : { inputs: called.inputs ?? [], outputs: called.outputs ?? [] };
}

/** The entries of a record; none where a hand-written draft has something else. */
export function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
