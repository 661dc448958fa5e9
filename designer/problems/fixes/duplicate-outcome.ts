import { outcomesOf } from '../../../schemas/actions/index.ts';
import { resolvePointer } from '../../../schemas/json-pointer.ts';
import type { Fixer } from './fix.ts';
import { setAt } from './set-at.ts';

/** The second case gets an outcome of its own; where that leads is then a question of its own. */
export const duplicateOutcome: Fixer = ({ flow, issue, action }) => {
  const outcome = resolvePointer(flow, issue.path);
  if (action === undefined || typeof outcome !== 'string') return [];
  const taken: readonly string[] = outcomesOf(action);
  let number = 2;
  while (taken.includes(`${outcome}-${number}`)) number += 1;
  const name = `${outcome}-${number}`;
  return [{ label: `Rename it to “${name}”`, command: setAt(issue.path, name, 'Rename the outcome') }];
};
