import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Left out while there is no entry: every action would be unreachable, and that is already said. */
export const unreachableAction: Check = ({ sheet, actions, reachable }) => {
  if (!actions.has(sheet.entry)) return [];
  return [...actions.values()]
    .filter(({ id }) => !reachable.has(id))
    .map(({ id, action }) =>
      issue(
        'unreachable-action',
        'warning',
        ['actions', id],
        `No mail can come to "${action.name}": connect an outcome to it, or delete it.`,
        id,
      ),
    );
};
