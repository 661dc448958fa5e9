import type { Issue } from '../issue.ts';
import { didYouMean } from '../nearest-name.ts';
import type { OperatorName } from '../operators.ts';
import type { CheckedRule } from './check.ts';
import { issue } from './check.ts';

/** An issue for every use of the operator whose first operand names something of the settings that is not there. */
export function issuesOfReferences(
  rules: readonly CheckedRule[],
  operator: OperatorName,
  noun: string,
  known: readonly string[] | undefined,
): Issue[] {
  if (known === undefined) return [];
  const ids = new Set(known);
  return rules.flatMap(({ action, at, report }) =>
    report.uses.flatMap((use) => {
      const [id] = use.operands;
      if (use.operator !== operator || typeof id !== 'string' || ids.has(id)) return [];
      const message =
        id === ''
          ? `No ${noun} is chosen yet: choose one, or create it.`
          : `There is no ${noun} "${id}"${didYouMean(id, ids) || ': choose another, or create it.'}`;
      const found = issue(`unknown-${noun}`, 'error', at, message, action);
      return [{ ...found, path: found.path + use.pointer }];
    }),
  );
}
