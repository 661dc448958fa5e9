import type { Check } from './check.ts';
import { issue } from './check.ts';

/** A flow begins somewhere. */
export const missingEntry: Check = ({ flow, actions }) => {
  if (actions.has(flow.entry)) return [];
  const message =
    flow.entry === ''
      ? 'The flow does not begin anywhere yet: connect the start to the first action.'
      : `The flow begins with the action "${flow.entry}", which does not exist: connect the start to another.`;
  return [issue('missing-entry', 'error', ['entry'], message)];
};
