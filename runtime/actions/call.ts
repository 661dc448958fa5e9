import { boundedCopy } from '../../schemas/bounded-copy.ts';
import type { Logic } from '../../schemas/logic.ts';
import type { ExecutorContext, StepResult } from '../engine/ports.ts';

interface CallSettings {
  inputs?: Readonly<Record<string, Logic>>;
  outputs?: Readonly<Record<string, string>>;
}

/** A call with its inputs evaluated where it stands: what is called does not see the caller's own variables. */
export function callOf(
  called: { task: string } | { flow: string },
  { inputs = {}, outputs = {} }: CallSettings,
  { expressions, scope }: ExecutorContext,
): StepResult<'done'> {
  const values = Object.entries(inputs).map(([name, rule]): [string, unknown] => [
    name,
    expressions.evaluate(rule, scope),
  ]);
  const shown = Object.fromEntries(values.map(([name, value]) => [name, boundedCopy(value)]));
  return {
    call: { ...called, inputs: Object.fromEntries(values), outputs, outcome: 'done' },
    ...(values.length === 0 ? {} : { detail: { inputs: shown } }),
  };
}
