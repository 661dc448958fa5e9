import { isEnding } from '../../schemas/actions/index.ts';
import { addAction } from '../state/commands/add-action.ts';
import { insertOnConnection } from '../state/commands/insert-on-connection.ts';
import { freePlace } from '../state/free-place.ts';
import { sheetOf } from './at-hand.ts';
import { chooseOutcome } from './choose-outcome.ts';
import { chooseType } from './choose-type.ts';
import type { CommandContext } from './editor-command.ts';

/** Inserting by keyboard: an outcome, then the type of the action that goes between it and where it led. */
export async function insertAfter(context: CommandContext, id: string): Promise<void> {
  const outcome = await chooseOutcome(context, id, 'Insert');
  if (outcome === null) return;
  const type = await chooseType(context, { title: 'Insert an action' });
  if (type === null) return;
  const sheet = sheetOf(context);
  const from = { action: id, outcome };
  const position = freePlace(sheet, from, type);
  const isBetween = sheet.actions[id]?.next?.[outcome] !== undefined && !isEnding(type);
  const { run } = context.store.getState();
  run(isBetween ? insertOnConnection(sheet, { type, from, position }) : addAction(sheet, { type, from, position }));
  const [added] = context.store.getState().selection;
  if (added !== undefined) context.view.focus(added);
}
