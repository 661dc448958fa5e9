import { UserError } from '../../schemas/errors.ts';

/**
 * The texts of an operand: of a list each of its items, of an address its address, of nothing the empty text.
 * Throws `wrong-operand` for an object of any other kind: it has no text, and guessing one would read as "no match".
 */
export function textsOf(operand: unknown, operator: string): string[] {
  if (!Array.isArray(operand)) return [textOf(operand, operator)];
  return operand.map((item) => textOf(item, operator));
}

/** The one text of an operand that may not be a list. */
export function textOf(operand: unknown, operator: string): string {
  if (typeof operand === 'string') return operand;
  if (operand === null || operand === undefined) return '';
  if (typeof operand === 'number' || typeof operand === 'boolean') return String(operand);
  if (!Array.isArray(operand) && typeof operand === 'object' && Object.hasOwn(operand, 'address')) {
    const address: unknown = Reflect.get(operand, 'address');
    if (typeof address === 'string') return address;
  }
  throw new UserError(
    'wrong-operand',
    `The operator "${operator}" compares texts, but was given ${Array.isArray(operand) ? 'a list within a list' : 'an object'}; name one of its parts.`,
  );
}

/**
 * What a dotted path leads to, by own properties only: `constructor` and `__proto__` lead nowhere, objects without a prototype
 * read like any other. Undefined where it leads nowhere.
 */
export function readPath(data: unknown, path: unknown): unknown {
  if (path === undefined || path === null || path === '') return data;
  if (typeof path !== 'string' && typeof path !== 'number') {
    throw new UserError('wrong-operand', 'The operator "var" takes a path such as "email.subject".');
  }
  let value = data;
  for (const segment of String(path).split('.')) {
    if (value === null || value === undefined) return undefined;
    if (typeof value === 'string')
      value = Object.hasOwn(Object(value), segment) ? Reflect.get(Object(value), segment) : undefined;
    else if (typeof value === 'object') value = Object.hasOwn(value, segment) ? Reflect.get(value, segment) : undefined;
    else return undefined;
  }
  return value;
}
