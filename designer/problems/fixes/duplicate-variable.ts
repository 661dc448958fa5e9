import { changeVariables } from '../../state/commands/change-variables.ts';
import type { Fixer } from './fix.ts';

/** The second one goes, or gets a name of its own. */
export const duplicateVariable: Fixer = ({ flow, at }) => {
  const variables = flow.variables ?? [];
  const index = Number(at[1]);
  const second = variables[index];
  if (second === undefined) return [];
  const names = new Set(variables.map(({ name }) => name));
  let number = 2;
  while (names.has(`${second.name}${number}`)) number += 1;
  const name = `${second.name}${number}`;
  return [
    {
      label: `Rename it to “${name}”`,
      command: changeVariables(variables.map((each, place) => (place === index ? { ...each, name } : each))),
    },
    { label: 'Remove the second', command: changeVariables(variables.filter((_, place) => place !== index)) },
  ];
};
