import { mainSheet } from '../sheet.ts';
import type { Check, CheckContext, CheckedAction } from './check.ts';
import { issue } from './check.ts';

/** Ways out of something that the mail may not be in: a round without a loop, a return without a caller. */
export const strayLeave: Check = (context) =>
  [...context.actions.values()].flatMap((checked) => {
    const message = problemOf(checked, context);
    return message === null ? [] : [issue('stray-leave', 'error', ['actions', checked.id], message, checked.id)];
  });

function problemOf({ id, action }: CheckedAction, { flow, id: sheet, outsideLoops }: CheckContext): string | null {
  switch (action.type) {
    case 'next-loop':
    case 'exit-loop':
      return outsideLoops.has(id)
        ? `A mail can come to "${action.name}" while no loop runs: connect it only behind the outcome "each" of a loop.`
        : null;
    case 'return':
      return sheet === mainSheet && flow.type !== 'module'
        ? `"${action.name}" has nothing to return to: end the flow with a queue or a disconnect.`
        : null;
    default:
      return null;
  }
}
