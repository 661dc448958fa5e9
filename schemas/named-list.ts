import Type from 'typebox';
import { closed } from './closed.ts';
import { foldCase } from './fold-case.ts';
import { idSchema } from './ids.ts';

/** What is longer belongs in a service that a data action asks. */
export const maxListValues = 10_000;
const maxListValueLength = 500;

/** Values under a name, shared between flows: `{"in-list": [{"var": "email.from"}, {"list": "vip"}]}`. */
export const namedListSchema = closed({
  id: idSchema,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  description: Type.Optional(Type.String({ maxLength: 500 })),
  values: Type.Array(Type.String({ minLength: 1, maxLength: maxListValueLength }), { maxItems: maxListValues }),
});

export type NamedList = Type.Static<typeof namedListSchema>;

interface CleanValues {
  values: string[];
  /** How many were the same as an earlier one but for case and blanks around. */
  duplicates: number;
  /** How many had nothing in them. */
  empty: number;
}

/** The values without blanks around, without empty ones, and each once, the first spelling kept. */
export function cleanValues(values: Iterable<string>): CleanValues {
  const seen = new Map<string, string>();
  let duplicates = 0;
  let empty = 0;
  for (const value of values) {
    const plain = value.trim();
    const folded = foldCase(plain);
    if (plain === '') empty += 1;
    else if (seen.has(folded)) duplicates += 1;
    else seen.set(folded, plain);
  }
  return { values: [...seen.values()], duplicates, empty };
}
