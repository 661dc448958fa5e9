import { type Action, outcomesOf } from '../../../schemas/actions/index.ts';
import { typedAt } from '../typed-at.ts';
import { type SheetCommand, withAction, withNext } from './command.ts';

/**
 * Sets one setting of an action (`undefined` takes an optional one away). Where settings name the outcomes, connections
 * follow: a renamed outcome keeps its connection, a removed one loses it.
 */
export function changeSetting(id: string, setting: string, value: unknown): SheetCommand {
  return {
    label: 'Change setting',
    // Typing is a burst; a rule that is added, moved or chosen is a step, however quick the hand.
    burstIn: ({ actions }) => {
      const settings: Record<string, unknown> = { ...actions[id]?.settings };
      const at = typedAt(settings[setting], value);
      return at === null ? undefined : `setting:${id}:${setting}:${at}`;
    },
    apply: (before) =>
      withAction(before, id, (action) => {
        const { [setting]: former, ...rest }: Record<string, unknown> = { ...action.settings };
        if (former === value) return action;
        // The order of the keys is kept, so that a change of one value is one line of a diff.
        const settings = value === undefined ? rest : { ...action.settings, [setting]: value };
        // The inspector's fields give what the schema of this setting asks for; whatever is wrong anyway is an issue, not a crash.
        return followOutcomes(action, { ...action, settings } as Action);
      }),
  };
}

function followOutcomes(before: Action, after: Action): Action {
  if (before.next === undefined) return after;
  const was = outcomesOf(before);
  const is = outcomesOf(after);
  const renamed = renamedOutcome(was, is);
  const entries = Object.entries(before.next).flatMap(([outcome, target]): [string, string][] => {
    if (outcome === renamed?.from) return [[renamed.to, target]];
    return is.includes(outcome) || !was.includes(outcome) ? [[outcome, target]] : [];
  });
  const unchanged = entries.length === Object.keys(before.next).length && renamed === null;
  return unchanged ? after : withNext(after, Object.fromEntries(entries));
}

/** The one outcome that has another name in the same place; null if none or more differ. */
function renamedOutcome(was: readonly string[], is: readonly string[]): { from: string; to: string } | null {
  if (was.length !== is.length) return null;
  const changed = was.flatMap((from, index) => {
    const to = is[index];
    return to === undefined || to === from ? [] : [{ from, to }];
  });
  const [only] = changed;
  return changed.length === 1 && only !== undefined && !is.includes(only.from) && !was.includes(only.to) ? only : null;
}
