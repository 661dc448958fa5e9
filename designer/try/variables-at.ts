import { type Call, callsOf } from '../../schemas/calls.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import type { Variable } from '../../schemas/variable.ts';

export interface VariableAt {
  /** As it is referred to: `category`, `task.category`. */
  name: string;
  /** The flow that was tried, the task or the module that the step is in. */
  owner: 'flow' | 'task' | 'module';
  /** Undefined for a variable that is empty at first. */
  before: unknown;
  after: unknown;
  /** True if this step set it, be it to the same value. */
  isSet: boolean;
}

/** What the variables belong to: a task's own to its call, all others to the module or to the flow itself. */
interface Owner {
  name: VariableAt['owner'];
  call: Call | null;
  declared: readonly Variable[];
}

interface Setting {
  at: number;
  call: Call | null;
  values: Readonly<Record<string, unknown>>;
}

/** Variables of the flow, and of the task or module that the step is in, before and after a step; null means the end of the run. */
export function variablesAt(flow: Partial<Flow>, run: Run, step: number | null): VariableAt[] {
  const calls = callsOf(run.steps);
  const here = step === null ? null : (calls[step] ?? null);
  const settings = settingsOf(run, calls);
  return ownersOf(flow, run, here).flatMap((owner) => {
    const isTask = owner.name === 'task';
    const own = settings.flatMap(({ at, call, values }) => {
      if ((isTask ? call : moduleOf(call)) !== owner.call) return [];
      return Object.entries(values)
        .filter(([name]) => name.startsWith('task.') === isTask)
        .map(([name, value]) => ({ at, name, value }));
    });
    const given = owner.call === null ? {} : (run.steps[owner.call.at]?.detail.inputs ?? {});
    const begins = new Map<string, unknown>(owner.declared.map(({ name, initial }) => [name, initial]));
    for (const [name, value] of Object.entries(given)) begins.set(isTask ? `task.${name}` : name, value);
    const names = new Set([...begins.keys(), ...(owner.call === null ? [] : own.map(({ name }) => name))]);
    return [...names].map((name): VariableAt => {
      const passed = own.filter((each) => each.name === name && each.at < (step ?? run.steps.length));
      const set = own.find((each) => each.name === name && each.at === step);
      const before = passed.length === 0 ? begins.get(name) : passed.at(-1)?.value;
      return {
        name,
        owner: owner.name,
        before,
        after: set === undefined ? before : set.value,
        isSet: set !== undefined,
      };
    });
  });
}

function ownersOf(flow: Partial<Flow>, run: Run, here: Call | null): Owner[] {
  const { variables = [], inputs = [], outputs = [], tasks = {} } = flow;
  const owners: Owner[] = [{ name: 'flow', call: null, declared: [...variables, ...inputs, ...outputs] }];
  const module = moduleOf(here);
  if (module !== null) owners.push({ name: 'module', call: module, declared: [] });
  if (here?.kind === 'task') {
    const id = run.steps[here.at + 1]?.task;
    // What a module's task declares stands in the module; what it was given and set is known all the same.
    const task = module !== null || id === undefined ? undefined : tasks[id];
    const declared = [...(task?.inputs ?? []), ...(task?.outputs ?? [])];
    owners.push({
      name: 'task',
      call: here,
      declared: declared.map((each) => ({ ...each, name: `task.${each.name}` })),
    });
  }
  return owners;
}

/** What each step set, in the order in which it came to be: what a call keeps is there once it has gone back. */
function settingsOf(run: Run, calls: readonly (Call | null)[]): Setting[] {
  const backAt = new Map<number, number>();
  for (const call of calls) if (call !== null && call.until !== null) backAt.set(call.at, call.until);
  return run.steps
    .flatMap(({ detail: { variables } }, index): Setting[] =>
      variables === undefined
        ? []
        : [{ at: backAt.get(index) ?? index, call: calls[index] ?? null, values: variables }],
    )
    .sort((a, b) => a.at - b.at);
}

function moduleOf(call: Call | null): Call | null {
  for (let each = call; each !== null; each = each.outer) if (each.kind === 'module') return each;
  return null;
}
