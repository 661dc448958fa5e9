import type { Fixer } from './fix.ts';
import { setAt } from './set-at.ts';

/** An input or output of a call that what is called does not have: it goes out of the call. */
export const notThere: Fixer = ({ issue, at }) => [
  { label: `Take “${at.at(-1)}” out of the call`, command: setAt(issue.path, undefined, 'Take it out of the call') },
];
