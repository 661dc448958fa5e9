import type { Sheet } from '../../../schemas/sheet.ts';
import { cards } from '../../actions/index.ts';
import type { ChoiceItem } from '../../commands/choice.ts';

/** The actions of a sheet to choose from, but for one. */
export function actionChoices({ actions }: Sheet, but = ''): ChoiceItem[] {
  return Object.entries(actions)
    .filter(([id]) => id !== but)
    .map(([id, { name, type }]) => ({
      id,
      title: name || id,
      icon: cards[type].icon,
      colour: cards[type].colour,
      hint: id,
    }));
}
