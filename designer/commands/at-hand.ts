import type { Sheet } from '../../schemas/sheet.ts';
import { groupNodeId, groupOfNode, noteOfNode } from '../graph/blocks.ts';
import { groupByAction, membersByGroup } from '../graph/groups.ts';
import { openedSheet } from '../state/editor-store.ts';
import type { CommandContext } from './editor-command.ts';

export function sheetOf({ store }: CommandContext): Sheet {
  return openedSheet(store.getState());
}

/** The one action that a command is about: the card that the keyboard is on, else the one that was selected first. */
export function actionAtHand(context: CommandContext): string | null {
  const { actions } = sheetOf(context);
  const focused = context.view.focused();
  if (focused !== null && Object.hasOwn(actions, focused)) return focused;
  return context.store.getState().selection[0] ?? null;
}

/** The actions that a command is about: those selected, else the card that the keyboard is on. */
export function actionsAtHand(context: CommandContext): readonly string[] {
  const { selection } = context.store.getState();
  if (selection.length > 0) return selection;
  const focused = context.view.focused();
  return focused === null ? [] : actionsOfCard(sheetOf(context), focused);
}

export function notesAtHand(context: CommandContext): readonly string[] {
  const { selection, selectedNotes } = context.store.getState();
  if (selection.length + selectedNotes.length > 0) return selectedNotes;
  const note = noteOfNode(context.view.focused() ?? '');
  return note === null ? [] : [note];
}

/** The group that a command is about: the collapsed one that the keyboard is on, else the one that all selected actions are in. */
export function groupAtHand(context: CommandContext): string | null {
  const sheet = sheetOf(context);
  const focused = groupOfNode(context.view.focused() ?? '');
  if (focused !== null) return focused;
  const groups = groupByAction(sheet);
  const found = new Set(actionsAtHand(context).map((id) => groups.get(id)));
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

/** The actions that a card stands for: itself, or all of a collapsed group. */
export function actionsOfCard(sheet: Sheet, card: string): readonly string[] {
  const group = groupOfNode(card);
  if (group !== null) return membersByGroup(sheet).get(group) ?? [];
  return Object.hasOwn(sheet.actions, card) ? [card] : [];
}

/** The card that stands for an action: its own, or that of the collapsed group which hides it. */
export function cardOfAction(sheet: Sheet, action: string): string {
  const group = groupByAction(sheet).get(action);
  return group !== undefined && sheet.groups?.[group]?.collapsed === true ? groupNodeId(group) : action;
}

export function needsActions(context: CommandContext): string | null {
  return actionsAtHand(context).length === 0 ? 'Select one or more cards first.' : null;
}

export function needsAction(context: CommandContext): string | null {
  return actionAtHand(context) === null ? 'Select a card first.' : null;
}

/** Several blocks are needed to put them into some order. */
export function needsSeveral(least: number) {
  return (context: CommandContext): string | null =>
    actionsAtHand(context).length < least ? `Select ${least} or more cards first.` : null;
}
