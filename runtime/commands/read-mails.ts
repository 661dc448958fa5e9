import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Email } from '../../schemas/email.ts';
import { coerceError, UserError } from '../../schemas/errors.ts';
import { createMailParser } from '../mail/mail-parser.ts';
import type { CommandIo } from './command.ts';

export type ReadMail = { file: string; email: Email } | { file: string; error: { code: string; message: string } };

/** How many mails are parsed ahead of the one that is printed: enough to keep the workers busy, few enough for fifty big ones. */
const ahead = 16;

/** Parses the files (`-` is standard input) in worker threads and yields them in the order given; a bad one does not stop the others. */
export async function* readMails(files: readonly string[], io: CommandIo): AsyncGenerator<ReadMail> {
  const parser = createMailParser();
  const read = async (file: string): Promise<ReadMail> => {
    try {
      const bytes = file === '-' ? await buffer(process.stdin) : await readMailFile(file, io);
      return { file, email: await parser.parse(bytes, { own: { addresses: [], installation: '' } }) };
    } catch (error) {
      const { message } = coerceError(error);
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
      return { file, error: { code, message } };
    }
  };
  try {
    const pending: Promise<ReadMail>[] = [];
    for (const file of files) {
      pending.push(read(file));
      const first = pending.length >= ahead ? pending.shift() : undefined;
      if (first !== undefined) yield await first;
    }
    for (const each of pending) yield await each;
  } finally {
    await parser.close();
  }
}

async function readMailFile(file: string, io: CommandIo): Promise<Uint8Array> {
  try {
    return await readFile(resolve(io.cwd, file));
  } catch (cause) {
    throw new UserError('file-unreadable', `${file} cannot be read: ${coerceError(cause).message}`, { cause });
  }
}
