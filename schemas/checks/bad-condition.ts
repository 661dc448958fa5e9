import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Conditions and values that cannot be evaluated: an unknown operator, a wrong number of operands, too deep, too large. */
export const badCondition: Check = ({ rules }) =>
  rules.flatMap(({ action, at, report }) =>
    report.problems.map(({ pointer, message }) => {
      const found = issue('bad-condition', 'error', at, message, action);
      return { ...found, path: found.path + pointer };
    }),
  );
