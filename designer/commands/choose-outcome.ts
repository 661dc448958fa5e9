import { outcomesOf } from '../../schemas/actions/index.ts';
import { sheetOf } from './at-hand.ts';
import type { CommandContext } from './editor-command.ts';

/** Asks for one of an action's outcomes, if it has more than one; null if the person thought better of it. */
export async function chooseOutcome(context: CommandContext, id: string, title: string): Promise<string | null> {
  const { actions } = sheetOf(context);
  const action = actions[id];
  if (action === undefined) return null;
  const outcomes = outcomesOf(action);
  const [only] = outcomes;
  if (outcomes.length <= 1) return only ?? null;
  return context.workbench.getState().choose({
    title: `${title}: which outcome of “${action.name}”?`,
    placeholder: 'Which outcome?',
    items: outcomes.map((outcome) => {
      const target = actions[action.next?.[outcome] ?? ''];
      return {
        id: outcome,
        title: outcome,
        hint: target === undefined ? 'leads nowhere yet' : `leads to ${target.name}`,
      };
    }),
    empty: 'No outcome is called that.',
  });
}
