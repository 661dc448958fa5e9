import type { Check } from './check.ts';
import { issue } from './check.ts';

const textOperators = new Set(['contains', 'starts-with', 'ends-with']);

/** Every text contains the empty text: a decision that was dropped and never filled in always says yes. */
export const emptyComparison: Check = ({ rules }) =>
  rules.flatMap(({ action, at, report }) =>
    report.uses
      .filter(({ operator, operands }) => textOperators.has(operator) && operands[1] === '')
      .map(({ operator, pointer }) => {
        const message = `"${operator}" an empty text is always true: fill in what to look for.`;
        const found = issue('empty-comparison', 'warning', at, message, action);
        return { ...found, path: found.path + pointer };
      }),
  );
