import type { Sheet } from '../../../schemas/sheet.ts';
import { addAction } from '../../state/commands/add-action.ts';
import type { SheetCommand } from '../../state/commands/command.ts';
import { connect } from '../../state/commands/connect.ts';
import { freePlace } from '../../state/free-place.ts';
import type { Fixer } from './fix.ts';
import { actionChoices } from './targets.ts';

/** A transfer to the queue that the mail would end in anyhow, or a way to what is there. */
export const unconnectedOutcome: Fixer = ({ flow, sheet, id, action, at, known }) => {
  const outcome = at[3];
  if (action === undefined || outcome === undefined) return [];
  const { queue } = flow.fallback;
  const name = known.queues.find((each) => each.id === queue)?.name ?? queue;
  const items = actionChoices(sheet, id);
  return [
    { label: `Transfer to ${name}`, command: transfer(sheet, { action: id, outcome }, { queue, name }) },
    ...(items.length === 0
      ? []
      : [
          {
            label: 'Connect to…',
            choose: {
              title: `“${action.name}”, ${outcome}: goes on to`,
              items,
              command: (target: string) => connect({ action: id, outcome, target }),
            },
          },
        ]),
  ];
};

function transfer(
  sheet: Sheet,
  from: { action: string; outcome: string },
  { queue, name }: { queue: string; name: string },
): SheetCommand {
  const add = addAction(sheet, {
    type: 'transfer-to-queue',
    position: freePlace(sheet, from, 'transfer-to-queue'),
    from,
  });
  const [added = ''] = add.select ?? [];
  return {
    ...add,
    apply: (before) => {
      const after = add.apply(before);
      const action = after.actions[added];
      if (action?.type !== 'transfer-to-queue') return after;
      return { ...after, actions: { ...after.actions, [added]: { ...action, name, settings: { queue } } } };
    },
  };
}
