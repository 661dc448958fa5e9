import type { Check } from './check.ts';
import { issuesOfReferences } from './unknown-reference.ts';

/** A list that nobody wrote would have nothing in it; the run fails rather than saying "not in the list". */
export const unknownList: Check = ({ rules, known }) => issuesOfReferences(rules, 'list', 'list', known.lists);
