import type { Variable } from '../variable.ts';
import type { CheckContext } from './check.ts';

/** One call of a task or module that is known. */
interface KnownCall {
  /** The action that calls. */
  id: string;
  /** How sentences name what is called. */
  name: string;
  declared: { inputs: readonly Variable[]; outputs: readonly Variable[] };
  given: { inputs: readonly string[]; outputs: readonly [variable: string, output: string][] };
}

/** The calls of a sheet. What is not known is left to other checks. */
export function knownCalls({ actions, flow, known }: CheckContext): KnownCall[] {
  return [...actions.values()].flatMap(({ id, action }): KnownCall[] => {
    if (action.type !== 'call-task' && action.type !== 'call-flow') return [];
    const called =
      action.type === 'call-task' ? taskOf(flow, action.settings.task) : moduleOf(known, action.settings.flow);
    if (called === undefined) return [];
    const { inputs = {}, outputs = {} } = action.settings;
    return [
      {
        id,
        name: `The ${action.type === 'call-task' ? 'task' : 'module'} "${called.name}"`,
        declared: { inputs: called.inputs ?? [], outputs: called.outputs ?? [] },
        given: { inputs: Object.keys(inputs), outputs: Object.entries(outputs) },
      },
    ];
  });
}

function taskOf({ tasks }: CheckContext['flow'], id: string) {
  return tasks !== undefined && Object.hasOwn(tasks, id) ? tasks[id] : undefined;
}

function moduleOf({ modules }: CheckContext['known'], id: string) {
  return modules?.find((module) => module.id === id);
}
