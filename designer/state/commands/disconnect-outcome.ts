import type { Sheet } from '../../../schemas/sheet.ts';
import { nameIn, type SheetCommand, withAction, withNext } from './command.ts';

export interface OutcomeRef {
  action: string;
  outcome: string;
}

/** Takes connections away; the outcomes then lead nowhere until they are connected again. */
export function disconnectOutcomes(outcomes: readonly OutcomeRef[]): SheetCommand {
  const [only] = outcomes;
  return {
    label: outcomes.length === 1 ? 'Remove connection' : `Remove ${outcomes.length} connections`,
    ...(only === undefined || outcomes.length > 1
      ? {}
      : { describe: (sheet: Sheet) => `Remove the connection of ${nameIn(sheet, only.action)}, ${only.outcome}` }),
    apply: (before) =>
      outcomes.reduce(
        (sheet, { action: id, outcome }) =>
          withAction(sheet, id, (action) => {
            if (!Object.hasOwn(action.next ?? {}, outcome)) return action;
            const { [outcome]: _, ...rest } = action.next ?? {};
            return withNext(action, rest);
          }),
        before,
      ),
  };
}
