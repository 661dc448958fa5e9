import { type ActionType, actionTypes, outcomesOf } from '../../../schemas/actions/index.ts';
import type { Position } from '../../../schemas/drawing.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import { type SheetCommand, withAction, withNext } from './command.ts';
import { freeId } from './free-id.ts';
import { newAction } from './new-action.ts';

interface AddAction {
  type: ActionType;
  position: Position;
  /** The outcome that should lead to the new action. */
  from?: { action: string; outcome: string } | undefined;
}

/** Adds an action; the first one of a sheet becomes its entry. */
export function addAction(sheet: Sheet, { type, position, from }: AddAction): SheetCommand {
  const id = freeId(sheet.actions, type);
  return {
    label: `Add ${actionTypes[type].title.toLowerCase()}`,
    select: [id],
    apply: (before) => {
      const added = {
        ...before,
        entry: before.entry === '' ? id : before.entry,
        actions: { ...before.actions, [id]: newAction(type) },
        layout: { ...before.layout, [id]: position },
      };
      return from === undefined
        ? added
        : withAction(added, from.action, (action) => withNext(action, { ...action.next, [from.outcome]: id }));
    },
  };
}

/** The first outcome that leads nowhere yet; undefined if all are connected or the action is an ending. */
export function firstFreeOutcome(sheet: Sheet, id: string): string | undefined {
  const action = sheet.actions[id];
  if (action === undefined) return undefined;
  return outcomesOf(action).find((outcome) => !Object.hasOwn(action.next ?? {}, outcome));
}
