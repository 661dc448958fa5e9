import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Templates that Liquid cannot read: a tag left open, a filter that does not exist. */
export const badTemplate: Check = ({ templates }) =>
  templates.flatMap(({ action, at, problem }) =>
    problem === undefined ? [] : [issue('bad-template', 'error', at, problem, action)],
  );
