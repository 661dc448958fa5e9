import { outcomesOf } from '../../../schemas/actions/index.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import type { ChoiceItem } from '../../commands/choice.ts';
import { connect } from '../../state/commands/connect.ts';
import { deleteActions } from '../../state/commands/delete-actions.ts';
import type { Fix, Fixer } from './fix.ts';

/** What nothing leads to is connected from an outcome that leads nowhere, or goes. */
export const unreachableAction: Fixer = ({ sheet, id, action }) => {
  if (action === undefined) return [];
  const items = freeOutcomes(sheet, id);
  const from: Fix = {
    label: 'Connect from…',
    choose: {
      title: `What leads to “${action.name}”`,
      items,
      command: (chosen) => {
        const [source = '', outcome = ''] = chosen.split(' ');
        return connect({ action: source, outcome, target: id });
      },
    },
  };
  return [...(items.length === 0 ? [] : [from]), { label: 'Delete it', command: deleteActions([id]) }];
};

/** Ids of actions and outcomes have no blanks, so that one parts them. */
function freeOutcomes({ actions }: Sheet, but: string): ChoiceItem[] {
  return Object.entries(actions).flatMap(([id, action]) =>
    id === but
      ? []
      : outcomesOf(action)
          .filter((outcome) => !Object.hasOwn(action.next ?? {}, outcome))
          .map((outcome) => ({ id: `${id} ${outcome}`, title: `${action.name}: ${outcome}` })),
  );
}
