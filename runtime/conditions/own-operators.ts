import type { RE2JS } from 're2js';
import { UserError } from '../../schemas/errors.ts';
import { foldCase } from '../../schemas/fold-case.ts';
import { fromNowMessage } from '../../schemas/inspect-logic.ts';
import { isTimeUnit, timeUnits } from '../../schemas/operators.ts';
import { compilePattern } from '../../schemas/regular-expression.ts';
import { isWithin } from '../../schemas/schedule-hours.ts';
import type { BoundedCache } from './bounded-cache.ts';
import type { Directory } from './directory.ts';
import type { Frame } from './frame.ts';
import { readPath, textOf, textsOf } from './operands.ts';

/** An operator that sees only the values of its operands, in their number as the table of operators says. */
export type OwnOperator = (operands: readonly unknown[], frame: Frame) => unknown;

/** Longest text that a regular expression looks through: RE2 is linear, but a step costs about 0.4 µs here. */
const maxSubjectLength = 1_000_000;

/**
 * Our operators beside JsonLogic's. The four text operators fold case; a list on the left means any of its texts, one on the right that
 * any of its texts will do.
 */
export function createOwnOperators(
  patterns: BoundedCache<RE2JS>,
  directory: Directory,
): Readonly<Record<string, OwnOperator>> {
  const folded = createFoldedLists();
  const textOperator =
    (name: string, holds: (text: string, other: string) => boolean): OwnOperator =>
    ([operand, other]) => {
      const texts = textsOf(operand, name).map(foldCase);
      if (!Array.isArray(other)) {
        const wanted = foldCase(textOf(other, name));
        return texts.some((text) => holds(text, wanted));
      }
      const wanted = folded(other, name);
      return texts.some((text) => wanted.values().some((each) => holds(text, each)));
    };
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
      const entries = folded(list, 'in-list');
      return textsOf(operand, 'in-list').some((text) => isListed(foldCase(text).trim(), entries));
    },

    'is-set': ([value]) => {
      if (typeof value === 'string') return value.trim() !== '';
      return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
    },

    'has-header': ([name], frame) => headerValues(name, 'has-header', frame).length > 0,
    header: ([name], frame) => headerValues(name, 'header', frame)[0] ?? '',

    // Neither is false or empty where it is not there: a mail would be treated as outside office hours because nobody wrote the hours down.
    list: ([id]) => {
      const values = typeof id === 'string' ? directory.list(id) : undefined;
      if (values === undefined) {
        throw new UserError('unknown-list', `There is no list ${JSON.stringify(id)}: make it, or choose another.`);
      }
      return values;
    },
    'within-schedule': ([id], frame) => {
      const schedule = typeof id === 'string' ? directory.schedule(id) : undefined;
      if (schedule === undefined) {
        const message = `There is no schedule ${JSON.stringify(id)}: make it, or choose another.`;
        throw new UserError('unknown-schedule', message);
      }
      return isWithin(schedule, nowOf(frame));
    },
    'from-now': ([amount, unit], frame) => {
      if (typeof amount !== 'number' || !isTimeUnit(unit)) throw new UserError('wrong-operand', fromNowMessage);
      const moment = new Date(nowOf(frame).getTime() + amount * timeUnits[unit]);
      if (Number.isNaN(moment.getTime()))
        throw new UserError('wrong-operand', `${amount} ${unit} is beyond all dates.`);
      return moment.toISOString();
    },
  };
}

/** Lists made ready for looking up: once for each that stays the same between runs, as those of flows and settings do. */
function createFoldedLists(): (list: unknown, operator: string) => ReadonlySet<string> {
  const known = new WeakMap<readonly unknown[], ReadonlySet<string>>();
  return (list, operator) => {
    const found = Array.isArray(list) ? known.get(list) : undefined;
    if (found !== undefined) return found;
    const made = new Set(textsOf(list, operator).map((entry) => foldCase(entry).trim()));
    // Every text contains the empty text, and nobody means that by a blank line.
    made.delete('');
    if (Array.isArray(list)) known.set(list, made);
    return made;
  };
}

/** The moment of the run: a rule asks nothing else for the time, so that a replay comes to the same answer. */
function nowOf({ root }: Frame): Date {
  const now = new Date(String(readPath(root, 'system.now')));
  if (Number.isNaN(now.getTime()))
    throw new UserError('wrong-operand', 'There is no run whose moment could be asked for.');
  return now;
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
