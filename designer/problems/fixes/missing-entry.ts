import { setEntry } from '../../state/commands/set-entry.ts';
import type { Fixer } from './fix.ts';
import { actionChoices } from './targets.ts';

/** The one action that nothing leads to is most likely the first one. */
export const missingEntry: Fixer = ({ sheet }) => {
  const items = actionChoices(sheet);
  const targets = new Set(Object.values(sheet.actions).flatMap((action) => Object.values(action.next ?? {})));
  const [first, ...others] = items.filter(({ id }) => !targets.has(id));
  return [
    ...(first !== undefined && others.length === 0
      ? [{ label: `Begin with “${first.title}”`, command: setEntry(first.id) }]
      : []),
    ...(items.length === 0
      ? []
      : [{ label: 'Begin with…', choose: { title: 'The first action that a mail meets', items, command: setEntry } }]),
  ];
};
