import type { Run } from '../../schemas/run.ts';
import type { Variable } from '../../schemas/variable.ts';

export interface VariableAt {
  name: string;
  /** Undefined for a variable that is empty at first. */
  before: unknown;
  after: unknown;
  /** True if this step set it, be it to the same value. */
  isSet: boolean;
}

/** The flow's variables before and after a step; null means the end of the run. */
export function variablesAt(variables: readonly Variable[], run: Run, step: number | null): VariableAt[] {
  const passed = run.steps.slice(0, step ?? run.steps.length);
  const set = step === null ? {} : (run.steps[step]?.detail.variables ?? {});
  return variables.map(({ name, initial }) => {
    const last = passed.findLast(({ detail }) => Object.hasOwn(detail.variables ?? {}, name));
    const before = last === undefined ? initial : last.detail.variables?.[name];
    const isSet = Object.hasOwn(set, name);
    return { name, before, after: isSet ? set[name] : before, isSet };
  });
}
