import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Two variables of one name would be one; inputs and outputs are variables too. */
export const duplicateVariable: Check = ({ declared, name: owner }) => {
  const seen = new Set<string>();
  return declared.flatMap(({ list, variables }) =>
    variables.flatMap(({ name }, index) => {
      if (!seen.has(name)) {
        seen.add(name);
        return [];
      }
      const message = `${owner} has two variables "${name}": rename or remove one.`;
      return [issue('duplicate-variable', 'error', [list, index, 'name'], message)];
    }),
  );
};
