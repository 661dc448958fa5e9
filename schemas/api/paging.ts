import Type from 'typebox';
import { closed } from '../closed.ts';

/** 1,000 rows keep an answer under half a megabyte; more is what `after` is for. */
const limitSchema = Type.Integer({ minimum: 1, maximum: 1_000, default: 50 });

export const pageQuery = {
  limit: Type.Optional(limitSchema),
  after: Type.Optional(Type.String({ maxLength: 200, description: '`next` of the page before' })),
};

/** The character of number 0 ends a text for the database: what stands before it, perhaps nothing, would be searched for. */
export const searchTextPattern = '^[^\\u0000]*$';

/** @param what "Part of the subject or the sender" */
export function searchText(what: string) {
  return Type.Optional(Type.String({ maxLength: 200, pattern: searchTextPattern, description: what }));
}

/** `next` is null on the last page. */
export function page<T extends Type.TSchema>(item: T) {
  return closed({
    items: Type.Array(item),
    next: Type.Union([Type.String(), Type.Null()], {
      description:
        'Where to go on, null on the last page. A page looks at a bounded number of rows: one with fewer than were asked for, or none, may have a `next`',
    }),
  });
}

export const pageQuerySchema = closed(pageQuery);
