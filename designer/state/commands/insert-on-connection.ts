import { type ActionType, actionTypes, outcomesOf } from '../../../schemas/actions/index.ts';
import type { Position } from '../../../schemas/flow.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import { freeActionId } from './action-id.ts';
import { type SheetCommand, withAction, withNext } from './command.ts';
import { newAction } from './new-action.ts';

interface InsertOnConnection {
  type: ActionType;
  from: { action: string; outcome: string };
  position: Position;
}

/** Puts an action between two: the new one's first outcome goes on to where the connection led. */
export function insertOnConnection(sheet: Sheet, { type, from, position }: InsertOnConnection): SheetCommand {
  const id = freeActionId(sheet, type);
  return {
    label: `Insert ${actionTypes[type].title.toLowerCase()}`,
    select: [id],
    apply: (before) => {
      const target = before.actions[from.action]?.next?.[from.outcome];
      if (target === undefined) return before;
      const inserted = newAction(type);
      const [first] = outcomesOf(inserted);
      const added = {
        ...before,
        actions: {
          ...before.actions,
          [id]: first === undefined ? inserted : withNext(inserted, { [first]: target }),
        },
        layout: { ...before.layout, [id]: position },
      };
      return withAction(added, from.action, (action) => withNext(action, { ...action.next, [from.outcome]: id }));
    },
  };
}
