import type { Check } from './check.ts';
import { issue } from './check.ts';

/** A flow begins somewhere, and so does each of its tasks. */
export const missingEntry: Check = ({ sheet, name, actions }) => {
  if (actions.has(sheet.entry)) return [];
  const message =
    sheet.entry === ''
      ? `${name} does not begin anywhere yet: choose its first action.`
      : `${name} begins with the action "${sheet.entry}", which does not exist: choose another.`;
  return [issue('missing-entry', 'error', ['entry'], message)];
};
