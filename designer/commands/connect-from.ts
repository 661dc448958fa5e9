import { IconUnlink } from '@tabler/icons-react';
import { actionTypes, isActionType } from '../../schemas/actions/index.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { cards } from '../actions/index.ts';
import { addAction } from '../state/commands/add-action.ts';
import { connect, whyNotConnect } from '../state/commands/connect.ts';
import { disconnectOutcomes } from '../state/commands/disconnect-outcome.ts';
import { freePlace } from '../state/free-place.ts';
import { cardOfAction, sheetOf } from './at-hand.ts';
import type { ChoiceItem } from './choice.ts';
import { chooseOutcome } from './choose-outcome.ts';
import { typeItems } from './choose-type.ts';
import type { CommandContext } from './editor-command.ts';

/** Connecting by keyboard: an outcome, then where it leads; a new action is offered, too, and so is nowhere. */
export async function connectFrom(context: CommandContext, id: string): Promise<void> {
  const outcome = await chooseOutcome(context, id, 'Connect');
  if (outcome === null) return;
  const sheet = sheetOf(context);
  const from = { action: id, outcome };
  const answer = await context.workbench.getState().choose({
    title: `“${sheet.actions[id]?.name}”, ${outcome}: goes on to`,
    placeholder: 'Where does it lead?',
    items: [...targets(sheet, id, outcome), ...ways(sheet, id, outcome), ...newActions()],
    empty: 'No action is called that.',
  });
  const { run } = context.store.getState();
  if (answer === null) return;
  if (answer === nowhere) run(disconnectOutcomes([from]));
  else if (answer.startsWith(fresh)) {
    const type = answer.slice(fresh.length);
    if (!isActionType(type)) return;
    run(addAction(sheet, { type, from, position: freePlace(sheet, from, type) }));
    const [added] = context.store.getState().selection;
    if (added !== undefined) context.view.focus(added);
  } else {
    run(connect({ ...from, target: answer }));
    context.view.focus(cardOfAction(sheetOf(context), id));
  }
}

/** No id of an action holds a colon. */
const nowhere = ':nowhere';
const fresh = ':new:';

function targets(sheet: Sheet, id: string, outcome: string): ChoiceItem[] {
  return Object.entries(sheet.actions)
    .filter(([target]) => target !== id)
    .map(([target, { name, type }]) => ({
      id: target,
      group: 'Actions of this flow',
      title: name || target,
      hint: sheet.actions[id]?.next?.[outcome] === target ? 'where it leads now' : actionTypes[type].title,
      icon: cards[type].icon,
      colour: cards[type].colour,
      keywords: target,
      reason: whyNotConnect(sheet, { action: id, outcome, target }),
    }));
}

function ways(sheet: Sheet, id: string, outcome: string): ChoiceItem[] {
  const isConnected = sheet.actions[id]?.next?.[outcome] !== undefined;
  if (!isConnected) return [];
  return [{ id: nowhere, group: 'Otherwise', title: 'Nowhere', hint: 'takes the connection away', icon: IconUnlink }];
}

function newActions(): ChoiceItem[] {
  return typeItems().map((item) => ({
    ...item,
    id: `${fresh}${item.id}`,
    group: 'A new action',
    title: `New: ${item.title}`,
  }));
}
