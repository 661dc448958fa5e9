import type { Issue } from '../issue.ts';
import type { CheckedFlow } from './check.ts';
import { issue } from './check.ts';

/**
 * Published flows whose call of this module would fail once it is published as it is. A warning only: one of the two has to be
 * published first.
 */
export function brokenCaller({ flow, known }: CheckedFlow): Issue[] {
  if (flow.type !== 'module') return [];
  const inputs = new Set(flow.inputs?.map(({ name }) => name));
  const outputs = new Set(flow.outputs?.map(({ name }) => name));
  const needed = (flow.inputs ?? []).filter(({ initial }) => initial === undefined).map(({ name }) => name);
  const callers = known.modules?.find(({ id }) => id === flow.id)?.callers ?? [];
  return callers.flatMap((caller) => {
    const wrong = [
      ...caller.inputs.filter((name) => !inputs.has(name)).map((name) => `fills the input "${name}", which is gone`),
      ...needed.filter((name) => !caller.inputs.includes(name)).map((name) => `does not fill the input "${name}"`),
      ...caller.outputs.filter((name) => !outputs.has(name)).map((name) => `keeps the output "${name}", which is gone`),
    ];
    if (wrong.length === 0) return [];
    const message = `The published flow "${caller.name}" ${wrong.join(' and ')}: publish it right after this one.`;
    return [issue('broken-caller', 'warning', ['inputs'], message)];
  });
}
