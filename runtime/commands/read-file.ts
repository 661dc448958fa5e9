import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { coerceError, UserError } from '../../schemas/errors.ts';
import type { CommandIo } from './command.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'reading it is not allowed',
};

/** Bytes of a file that somebody named; `-` is standard input. Throws UserError `file-unreadable`. */
export async function readNamedFile(file: string, io: CommandIo): Promise<Uint8Array> {
  if (file === '-') return io.input();
  try {
    return await readFile(resolve(io.cwd, file));
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

export function unreadable(file: string, cause: unknown): UserError {
  const error = coerceError(cause);
  const reason = ('code' in error && reasons[String(error.code)]) || error.message;
  return new UserError('file-unreadable', `${file} cannot be read: ${reason}.`, { cause });
}

/** Standard input can be read once: a second `-` gets the same bytes. */
export function readOnce(stream: NodeJS.ReadableStream): () => Promise<Uint8Array> {
  let bytes: Promise<Uint8Array> | undefined;
  return () => {
    bytes ??= buffer(stream);
    return bytes;
  };
}
