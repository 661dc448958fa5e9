import type { Fix, Fixer } from './fix.ts';
import { ruleAt } from './rule-at.ts';
import { setAt } from './set-at.ts';

/** Most patterns that cannot be read are texts with a bracket in them, and were meant as they stand. */
export const badRegularExpression: Fixer = ({ flow, issue }) => {
  const { operator, given, pointer } = ruleAt(flow, issue.path);
  const show: Fix = { label: 'Show the place', show: true };
  if (operator !== 'matches' || !Array.isArray(given) || typeof given[1] !== 'string') return [show];
  const command = setAt(pointer, { contains: given }, 'Look for plain text');
  return [{ label: 'Look for it as plain text', command }, show];
};
