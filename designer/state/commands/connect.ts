import { outcomesOf } from '../../../schemas/actions/index.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import { nameIn, type SheetCommand, withAction, withNext } from './command.ts';

export interface Connection {
  action: string;
  outcome: string;
  target: string;
}

/** Lets an outcome lead to an action; an outcome leads to one place, so an earlier connection gives way. */
export function connect({ action: id, outcome, target }: Connection): SheetCommand {
  return {
    label: 'Connect',
    describe: (sheet) => `Connect ${nameIn(sheet, id)}, ${outcome}, to ${nameIn(sheet, target)}`,
    apply: (before) =>
      withAction(before, id, (action) =>
        action.next?.[outcome] === target || !Object.hasOwn(before.actions, target)
          ? action
          : withNext(action, { ...action.next, [outcome]: target }),
      ),
  };
}

/** Why a connection cannot be made, in one sentence; null if it can. */
export function whyNotConnect(sheet: Sheet, { action: id, outcome, target }: Connection): string | null {
  const from = sheet.actions[id];
  const to = sheet.actions[target];
  if (from === undefined || to === undefined) return 'The action is no longer there.';
  if (id === target) return `“${from.name}” cannot lead to itself: the mail would never leave it.`;
  if (!outcomesOf(from).includes(outcome)) return `“${from.name}” has no outcome “${outcome}”.`;
  return null;
}
