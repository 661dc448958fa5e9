import { coerceError } from '../errors.ts';
import { compilePattern } from '../regular-expression.ts';
import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Regular expressions that RE2 cannot read, with its reason. */
export const badRegularExpression: Check = ({ rules }) =>
  rules.flatMap(({ action, at, report }) =>
    report.uses.flatMap(({ operator, operands, pointer }) => {
      const [, pattern] = operands;
      if (operator !== 'matches' || pattern === undefined || isComputed(pattern)) return [];
      const message = problemOf(pattern);
      if (message === null) return [];
      const found = issue('bad-regular-expression', 'error', at, message, action);
      return [{ ...found, path: found.path + pointer }];
    }),
  );

function isComputed(pattern: unknown): boolean {
  return typeof pattern === 'object' && pattern !== null && !Array.isArray(pattern);
}

function problemOf(pattern: unknown): string | null {
  if (typeof pattern !== 'string') return 'The operator "matches" takes a regular expression as its second operand.';
  try {
    compilePattern(pattern);
    return null;
  } catch (thrown) {
    return coerceError(thrown).message;
  }
}
