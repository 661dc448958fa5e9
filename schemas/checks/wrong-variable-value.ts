import type { Issue } from '../issue.ts';
import type { VariableType } from '../variable.ts';
import { fitVariable } from '../variable-value.ts';
import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Initial values, and values assigned as they stand in the flow, that their variable's type refuses: the run would fail. */
export const wrongVariableValue: Check = ({ declared, visible, actions }) => {
  const issues: Issue[] = [];
  for (const { list, variables } of declared) {
    for (const [index, { name, type, initial }] of variables.entries()) {
      const fitted = fitVariable(type, initial);
      if (fitted.ok) continue;
      const message = `The variable "${name}" cannot begin with this value: ${fitted.message}.`;
      issues.push(issue('wrong-variable-value', 'error', [list, index, 'initial'], message));
    }
  }
  const types = new Map<string, VariableType>([
    ...visible.flow.map(({ name, type }): [string, VariableType] => [name, type]),
    ...(visible.task ?? []).map(({ name, type }): [string, VariableType] => [`task.${name}`, type]),
  ]);
  for (const { id, fields } of actions.values()) {
    for (const { kind, value, at } of fields) {
      if (kind !== 'assignments' || !Array.isArray(value)) continue;
      for (const [index, assignment] of value.entries()) {
        const type = types.get(assignment.variable);
        if (type === undefined || isComputed(assignment.value)) continue;
        const fitted = fitVariable(type, assignment.value);
        if (fitted.ok) continue;
        const message = `The variable "${assignment.variable}" cannot take this value: ${fitted.message}.`;
        issues.push(issue('wrong-variable-value', 'error', [...at, index, 'value'], message, id));
      }
    }
  }
  return issues;
};

function isComputed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
