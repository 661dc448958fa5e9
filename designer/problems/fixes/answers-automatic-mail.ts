import type { Action } from '../../../schemas/actions/index.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import { cardSize } from '../../graph/card-size.ts';
import { type SheetCommand, withNext } from '../../state/commands/command.ts';
import { freeId } from '../../state/commands/free-id.ts';
import type { Fixer } from './fix.ts';

/** Asks before the answer whether a machine may answer; a mail that none may answer goes on past it. */
export const answersAutomaticMail: Fixer = ({ sheet, id, action }) =>
  action === undefined ? [] : [{ label: 'Ask before it', command: askBefore(sheet, id) }];

/** Room for the decision and its connections. */
const gap = 64;

function askBefore(sheet: Sheet, id: string): SheetCommand {
  const asked = freeId(sheet.actions, 'may-answer');
  return {
    label: 'Ask whether it may be answered',
    select: [asked],
    apply: (before) => {
      const answer = before.actions[id];
      if (answer === undefined) return before;
      const [past] = Object.values(answer.next ?? {});
      const decision: Action = {
        type: 'decision',
        name: 'May it be answered?',
        settings: { condition: { var: 'email.mayAutoRespond' } },
        next: { yes: id, ...(past === undefined ? {} : { no: past }) },
      };
      const redirected = Object.entries(before.actions).map(([key, each]) => [key, leadTo(each, id, asked)] as const);
      return {
        ...before,
        entry: before.entry === id ? asked : before.entry,
        actions: { ...Object.fromEntries(redirected), [asked]: decision },
        layout: roomBefore(before.layout ?? {}, id, asked),
      };
    },
  };
}

function leadTo(action: Action, from: string, to: string): Action {
  const next = Object.entries(action.next ?? {});
  if (!next.some(([, target]) => target === from)) return action;
  return withNext(action, Object.fromEntries(next.map(([key, target]) => [key, target === from ? to : target])));
}

/** The decision takes the answer's place; the answer and all that lies beneath it moves down. */
function roomBefore(layout: NonNullable<Sheet['layout']>, id: string, asked: string): NonNullable<Sheet['layout']> {
  const place = layout[id] ?? { x: 0, y: 0 };
  const down = cardSize(['yes', 'no']).height + gap;
  const moved = Object.entries(layout).map(([key, at]) => [key, at.y >= place.y ? { x: at.x, y: at.y + down } : at]);
  return { ...Object.fromEntries(moved), [asked]: place };
}
