import { UserError } from '../../schemas/errors.ts';

/** Rows of a page where the caller asks for no number; the API's schema holds the most. */
export const defaultPageSize = 50;

/** `next` of a page: opaque to callers, so that the order of a list can change without breaking them. */
function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The key in a cursor that `encodeCursor` made of the same kinds of values.
 *
 * @throws UserError `bad-cursor`.
 */
export function decodeCursor<const Kinds extends readonly ('string' | 'number')[]>(
  cursor: string,
  kinds: Kinds,
): KeyOf<Kinds> {
  const key = parse(cursor);
  if (!isKey(key, kinds)) {
    throw new UserError('bad-cursor', '`after` must be the `next` of a page of this list.', {
      data: { after: cursor },
    });
  }
  return key;
}

type KeyOf<Kinds extends readonly ('string' | 'number')[]> = {
  [I in keyof Kinds]: Kinds[I] extends 'string' ? string : number;
};

function isKey<const Kinds extends readonly ('string' | 'number')[]>(key: unknown, kinds: Kinds): key is KeyOf<Kinds> {
  return Array.isArray(key) && key.length === kinds.length && kinds.every((kind, index) => typeof key[index] === kind);
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** The first `limit` of rows that were read with one row more than that, and the cursor of the last where there are more. */
export function cutPage<Row>(rows: readonly Row[], limit: number, key: (row: Row) => readonly (string | number)[]) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null };
}
