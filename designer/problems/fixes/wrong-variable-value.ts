import type { Fixer } from './fix.ts';
import { setAt } from './set-at.ts';

/** A variable without an initial value begins empty, as its type has it. */
export const wrongVariableValue: Fixer = ({ issue, at }) =>
  at[0] === 'variables'
    ? [{ label: 'Begin empty', command: setAt(issue.path, undefined, 'Begin the variable empty') }]
    : [{ label: 'Show the place', show: true }];
