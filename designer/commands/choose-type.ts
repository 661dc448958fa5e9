import { type ActionType, actionTypes, isActionType } from '../../schemas/actions/index.ts';
import { cards } from '../actions/index.ts';
import type { ChoiceItem } from './choice.ts';
import type { CommandContext } from './editor-command.ts';

interface TypeQuestion {
  title: string;
  /** A type that is not offered. */
  without?: ActionType | undefined;
}

/** The action types as a list to choose from. */
export function typeItems(without?: ActionType): ChoiceItem[] {
  return Object.keys(actionTypes)
    .filter(isActionType)
    .filter((type) => type !== without)
    .map((type) => ({
      id: type,
      title: actionTypes[type].title,
      hint: actionTypes[type].description,
      icon: cards[type].icon,
      colour: cards[type].colour,
      keywords: cards[type].keywords,
    }));
}

/** Asks for an action type; null if the person thought better of it. */
export async function chooseType(
  { workbench }: CommandContext,
  { title, without }: TypeQuestion,
): Promise<ActionType | null> {
  const id = await workbench.getState().choose({
    title,
    placeholder: 'Which action?',
    items: typeItems(without),
    empty: 'No action is called that.',
  });
  return id !== null && isActionType(id) ? id : null;
}
