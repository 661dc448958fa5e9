import { resolvePointer } from '../../../schemas/json-pointer.ts';
import { visibleIn } from '../../../schemas/scope-paths.ts';
import { mainSheet } from '../../../schemas/sheet.ts';
import { changeVariables } from '../../state/commands/change-variables.ts';
import type { Fix, Fixer } from './fix.ts';
import { setAt } from './set-at.ts';

/** The second one goes, or gets a name of its own. */
export const duplicateVariable: Fixer = ({ flow, issue, sheetId, at }) => {
  const second: unknown = resolvePointer(flow, issue.path);
  if (typeof second !== 'string') return [];
  const { flow: own, task } = visibleIn(flow, sheetId);
  const names = new Set((sheetId === mainSheet ? own : (task ?? [])).map(({ name }) => name));
  let number = 2;
  while (names.has(`${second}${number}`)) number += 1;
  const name = `${second}${number}`;
  const rename: Fix = { label: `Rename it to “${name}”`, command: setAt(issue.path, name, 'Rename the variable') };
  // Inputs and outputs are named by callers: taking one away is a decision of its own.
  if (at[0] !== 'variables') return [rename];
  const kept = (flow.variables ?? []).filter((_, place) => place !== Number(at[1]));
  return [rename, { label: 'Remove the second', command: changeVariables(kept) }];
};
