import { coerceError, OperationalError } from '../../schemas/errors.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html): the low byte of the extended code. */
const busy = 5;
const noMemory = 7;
const readOnly = 8;
const ioError = 10;
const corrupt = 11;
const full = 13;
const cannotOpen = 14;
const notADatabase = 26;

const damaged = 'the file is damaged: stop Sluice and restore a backup.';

const remedies: Readonly<Record<number, string>> = {
  [readOnly]: 'the account that runs Sluice must be allowed to write the file and its folder.',
  [corrupt]: damaged,
  [notADatabase]: damaged,
};

/** SQLite's primary result code, or undefined where the error is not SQLite's. */
export function sqliteCode(error: Error): number | undefined {
  if (!('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

export function isCorruption(error: Error): boolean {
  const code = sqliteCode(error);
  return code === corrupt || code === notADatabase;
}

/**
 * What the store says to its callers: trouble of the machine becomes an OperationalError (`store-full`, `store-failed`), because the
 * same work may succeed later; anything else (a broken constraint, a caller's own error) passes through unchanged.
 */
export function asStoreError(thrown: unknown): Error {
  const error = coerceError(thrown);
  const code = sqliteCode(error);
  if (code === full) return noRoom({ cause: error });
  if (code !== undefined && [busy, noMemory, readOnly, ioError, corrupt, cannotOpen, notADatabase].includes(code)) {
    return new OperationalError(
      'store-failed',
      `The database could not be written (${error.message}). Nothing was stored; ${remedies[code] ?? 'check the disk that holds the data folder.'}`,
      { cause: error, data: { sqlite: code } },
    );
  }
  return error;
}

/** True for what `asStoreError` says of the machine. */
export function isStoreTrouble(thrown: unknown): thrown is OperationalError {
  return thrown instanceof OperationalError && (thrown.code === 'store-full' || thrown.code === 'store-failed');
}

function noRoom(options?: ErrorOptions): OperationalError {
  return new OperationalError(
    'store-full',
    'The disk that holds the data folder is full: nothing was stored. Free some space; work goes on by itself.',
    options,
  );
}
