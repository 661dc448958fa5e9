import { variableUses } from '../variable-uses.ts';
import type { FlowCheck } from './check.ts';
import { issue } from './check.ts';

/** A variable that nothing reads or writes: left over, or misspelt where it was meant. */
export const unusedVariable: FlowCheck = ({ flow }) => {
  const variables = flow.variables ?? [];
  if (variables.length === 0) return [];
  const uses = variableUses(flow);
  return variables.flatMap(({ name }, index) => {
    if (uses.has(name)) return [];
    const message = `Nothing uses the variable "${name}": remove it, or read it in a condition or template.`;
    return [issue('unused-variable', 'warning', ['variables', index, 'name'], message)];
  });
};
