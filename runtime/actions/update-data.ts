import { boundedCopy } from '../../schemas/bounded-copy.ts';
import { readVariableRef } from '../../schemas/variable.ts';
import type { Executor } from '../engine/ports.ts';

/** All assignments or none: the variables change only when every value was found and fits. */
export const updateData: Executor<'update-data'> = ({ assignments }, { expressions, scope, coerce }) => {
  const variables: Record<string, unknown> = Object.create(null);
  // A later assignment sees the earlier ones.
  const seen = { ...scope, flow: copied(scope.flow), task: copied(scope.task) };
  for (const { variable, value } of assignments) {
    const assigned = coerce(variable, expressions.evaluate(value, seen));
    variables[variable] = assigned;
    const { of, name } = readVariableRef(variable);
    seen[of][name] = assigned;
  }
  return { outcome: 'done', variables, detail: { variables: shown(variables) } };
};

function copied(values: Record<string, unknown> | undefined): Record<string, unknown> {
  return Object.assign(Object.create(null), values);
}

function shown(variables: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, boundedCopy(value)]));
}
