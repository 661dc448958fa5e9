import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Two variables of one name would be one. */
export const duplicateVariable: Check = ({ flow }) => {
  const seen = new Set<string>();
  return (flow.variables ?? []).flatMap(({ name }, index) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const message = `The flow has two variables "${name}": rename or remove one.`;
    return [issue('duplicate-variable', 'error', ['variables', index, 'name'], message)];
  });
};
