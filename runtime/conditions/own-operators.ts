import type { RE2JS } from 're2js';
import { UserError } from '../../schemas/errors.ts';
import { compilePattern } from '../../schemas/regular-expression.ts';
import type { BoundedCache } from './bounded-cache.ts';
import type { Frame } from './frame.ts';
import { foldCase, readPath, textOf, textsOf } from './operands.ts';

/** An operator that sees only the values of its operands, in their number as the table of operators says. */
export type OwnOperator = (operands: readonly unknown[], frame: Frame) => unknown;

/** Longest text that a regular expression looks through: RE2 is linear, but a step costs about 0.4 µs here. */
const maxSubjectLength = 1_000_000;

/** Our operators beside JsonLogic's. The four text operators fold case; a list on the left means any of its texts. */
export function createOwnOperators(patterns: BoundedCache<RE2JS>): Readonly<Record<string, OwnOperator>> {
  return {
    contains: textOperator('contains', (text, part) => text.includes(part)),
    'starts-with': textOperator('starts-with', (text, part) => text.startsWith(part)),
    'ends-with': textOperator('ends-with', (text, part) => text.endsWith(part)),
    equals: textOperator('equals', (text, other) => text === other),

    matches([operand, pattern]) {
      if (typeof pattern !== 'string') {
        throw new UserError(
          'wrong-operand',
          'The operator "matches" takes a regular expression as its second operand.',
        );
      }
      const compiled = patterns.get(pattern, () => compilePattern(pattern));
      return textsOf(operand, 'matches').some((text) => {
        if (text.length > maxSubjectLength) {
          throw new UserError(
            'text-too-long',
            `The operator "matches" was given a text of ${text.length} characters; ${maxSubjectLength} are allowed. Use email.replyText or email.preview.`,
          );
        }
        return compiled.matcher(text).find();
      });
    },

    'in-list': ([operand, list]) => {
      const entries = new Set(textsOf(list, 'in-list').map((entry) => foldCase(entry).trim()));
      return textsOf(operand, 'in-list').some((text) => isListed(foldCase(text).trim(), entries));
    },

    'is-set': ([value]) => {
      if (typeof value === 'string') return value.trim() !== '';
      return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
    },

    'has-header': ([name], frame) => headerValues(name, 'has-header', frame).length > 0,
    header: ([name], frame) => headerValues(name, 'header', frame)[0] ?? '',

    // Not false: a mail would be treated as outside office hours because nobody wrote the hours down.
    'within-schedule': ([name]) => {
      throw new UserError(
        'unknown-schedule',
        `There is no schedule ${JSON.stringify(name)}: this version of Sluice has no schedules yet.`,
      );
    },
  };
}

function textOperator(name: string, holds: (text: string, other: string) => boolean): OwnOperator {
  return ([operand, other]) => {
    const wanted = foldCase(textOf(other, name));
    return textsOf(operand, name).some((text) => holds(foldCase(text), wanted));
  };
}

/** `acme.test` and `@acme.test` list every address of that domain, but none of its subdomains. */
function isListed(text: string, entries: ReadonlySet<string>): boolean {
  if (text === '') return false;
  if (entries.has(text)) return true;
  const at = text.lastIndexOf('@');
  return at >= 0 && (entries.has(text.slice(at + 1)) || entries.has(text.slice(at)));
}

function headerValues(name: unknown, operator: string, frame: Frame): readonly unknown[] {
  const headers = readPath(frame.root, 'email.headers');
  if (typeof headers !== 'object' || headers === null) {
    throw new UserError('wrong-operand', `The operator "${operator}" needs a mail to look at.`);
  }
  const key = textOf(name, operator).toLowerCase();
  const values: unknown = Object.hasOwn(headers, key) ? Reflect.get(headers, key) : [];
  return Array.isArray(values) ? values : [];
}
