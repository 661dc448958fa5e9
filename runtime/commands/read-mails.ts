import type { Email } from '../../schemas/email.ts';
import { coerceError } from '../../schemas/errors.ts';
import { createMailParser } from '../mail/mail-parser.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { readNamedFile } from './read-file.ts';

export type ReadMail = { file: string; email: Email } | { file: string; error: { code: string; message: string } };

/** A mail that cannot even be read was named wrongly; one that is no mail is an answer. */
export function exitCodeOf({ error }: { error: { code: string } }): ExitCode {
  return error.code === 'file-unreadable' ? 2 : 1;
}

/** What is wrong with a mail, in one line that names it. */
export function inWords({ file, error }: { file: string; error: { code: string; message: string } }): string {
  return error.code === 'file-unreadable' ? error.message : `${file}: ${error.message}`;
}

/** How many mails are parsed ahead of the one that is printed: enough to keep the workers busy, few enough for fifty big ones. */
const ahead = 16;

/** Parses the files (`-` is standard input) in worker threads and yields them in the order given; a bad one does not stop the others. */
export async function* readMails(files: readonly string[], io: CommandIo): AsyncGenerator<ReadMail> {
  const parser = createMailParser();
  const read = async (file: string): Promise<ReadMail> => {
    try {
      return {
        file,
        email: await parser.parse(await readNamedFile(file, io), { own: { addresses: [], installation: '' } }),
      };
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
