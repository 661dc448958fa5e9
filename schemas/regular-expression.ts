import { RE2JS } from 're2js';
import { coerceError, UserError } from './errors.ts';
import { maxPatternLength } from './operators.ts';

/** A compiled RE2 pattern: matching takes time linear in the text, whatever the pattern. Throws a UserError `bad-regular-expression`. */
export function compilePattern(pattern: string): RE2JS {
  if (pattern.length > maxPatternLength) {
    throw new UserError(
      'bad-regular-expression',
      `The regular expression has ${pattern.length} characters; ${maxPatternLength} are allowed.`,
    );
  }
  try {
    return RE2JS.compile(pattern);
  } catch (thrown) {
    const reason = coerceError(thrown).message.replace(/^error parsing regexp: /, '');
    throw new UserError('bad-regular-expression', `The regular expression cannot be read: ${reason}.`, {
      cause: thrown,
    });
  }
}
