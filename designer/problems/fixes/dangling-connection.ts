import { outcomesOf } from '../../../schemas/actions/index.ts';
import { nearestName } from '../../../schemas/nearest-name.ts';
import { type SheetCommand, withAction, withNext } from '../../state/commands/command.ts';
import { connect } from '../../state/commands/connect.ts';
import { disconnectOutcomes } from '../../state/commands/disconnect-outcome.ts';
import type { Fix, Fixer } from './fix.ts';
import { actionChoices } from './targets.ts';

/** A connection from an outcome that is not there, or to an action that is not there. */
export const danglingConnection: Fixer = ({ sheet, id, action, at }) => {
  const outcome = at[3];
  if (action === undefined || outcome === undefined) return [];
  const remove: Fix = { label: 'Remove the connection', command: disconnectOutcomes([{ action: id, outcome }]) };
  const outcomes: readonly string[] = outcomesOf(action);
  if (!outcomes.includes(outcome)) {
    const free = outcomes.filter((each) => !Object.hasOwn(action.next ?? {}, each));
    const nearest = nearestName(outcome, free);
    return nearest === undefined
      ? [remove]
      : [{ label: `Move it to “${nearest}”`, command: moveConnection(id, outcome, nearest) }, remove];
  }
  const items = actionChoices(sheet, id);
  if (items.length === 0) return [remove];
  const command = (target: string) => connect({ action: id, outcome, target });
  return [
    { label: 'Connect to…', choose: { title: `“${action.name}”, ${outcome}: goes on to`, items, command } },
    remove,
  ];
};

function moveConnection(id: string, from: string, to: string): SheetCommand {
  return {
    label: 'Move the connection',
    apply: (before) =>
      withAction(before, id, (action) => {
        const { [from]: target, ...rest } = action.next ?? {};
        return target === undefined ? action : withNext(action, { ...rest, [to]: target });
      }),
  };
}
