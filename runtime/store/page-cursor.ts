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

/**
 * Rows that one page looks at where no index answers all of a query: a page of few rows, or none, then says where to go on. Twenty
 * thousand take a few hundredths of a second, whatever is looked for.
 */
export const lookedAt = 20_000;

/**
 * The first `limit` of rows that were read with one row more than that, and the cursor of the last where there are more.
 *
 * @param reach the key at which looking was broken off, itself still looked at; null where everything was.
 */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  key: (row: Row) => readonly (string | number)[],
  reach: readonly (string | number)[] | null = null,
) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length > limit && last !== undefined) return { rows: shown, next: encodeCursor(key(last)) };
  return { rows: shown, next: reach === null ? null : encodeCursor(reach) };
}
