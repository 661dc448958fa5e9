import type { VariableType } from './variable.ts';

/** A million characters: a variable is written into the run's record, and a service may answer with anything. */
const maxCharacters = 1_000_000;

type Fitted = { ok: true; value: unknown } | { ok: false; message: string };

/**
 * The value as a variable of that type takes it. Nothing (null) becomes what the type starts with. Text that spells a number, a
 * truth or a date is taken for one, since services and headers know nothing but text; any other mixture is refused.
 */
export function fitVariable(type: VariableType, value: unknown): Fitted {
  if (value === null || value === undefined) return { ok: true, value: emptyValues[type]() };
  if (charactersOf(value) > maxCharacters) {
    return { ok: false, message: `it has more than ${maxCharacters} characters` };
  }
  const fitted = fits[type](value);
  return fitted === undefined
    ? { ok: false, message: `${kindOf(value)} is not ${wanted[type]}` }
    : { ok: true, value: fitted };
}

const emptyValues: { readonly [T in VariableType]: () => unknown } = {
  string: () => '',
  number: () => 0,
  boolean: () => false,
  date: () => null,
  list: () => [],
  json: () => null,
};

const wanted: { readonly [T in VariableType]: string } = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date such as 2026-01-31 or 2026-01-31T09:00:00Z',
  list: 'a list',
  json: 'a JSON value',
};

/** Undefined for a value that the type refuses. */
const fits: { readonly [T in VariableType]: (value: unknown) => unknown } = {
  string: (value) => (isScalar(value) ? String(value) : undefined),
  number: (value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  },
  boolean: (value) => {
    if (typeof value === 'boolean') return value;
    return value === 'true' ? true : value === 'false' ? false : undefined;
  },
  date: (value) => {
    if (value === '') return null;
    // Only ISO 8601: what else Date understands depends on the machine.
    if (
      typeof value !== 'string' ||
      !/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d))?$/.test(value)
    )
      return undefined;
    const date = new Date(value);
    return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
  },
  list: (value) => (Array.isArray(value) ? value : undefined),
  json: (value) => value,
};

function isScalar(value: unknown): value is string | number | boolean {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return value.length > 40 ? 'this text' : `the text "${value}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}

/** Counts until the limit is passed, and no further: the value may be far larger. */
function charactersOf(value: unknown): number {
  let characters = 0;
  const pending: unknown[] = [value];
  while (pending.length > 0 && characters <= maxCharacters) {
    const next = pending.pop();
    if (typeof next === 'string') characters += next.length;
    else if (typeof next === 'object' && next !== null) {
      for (const key of Object.keys(next)) {
        characters += key.length + 1;
        pending.push(Reflect.get(next, key));
        if (characters > maxCharacters) break;
      }
    }
  }
  return characters;
}
