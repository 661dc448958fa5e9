import type { Command, ExitCode } from './command.ts';
import { exitCodeOf, inWords, readMails } from './read-mails.ts';

/** Prints the email as the engine sees it: one object, or one a line for many files or --json. */
export const inspect: Command = {
  summary: 'show mails as conditions and templates see them',
  usage: 'mail.eml ...',
  async run({ files, json }, io) {
    if (files.length === 0) {
      io.err('sluice inspect: name at least one mail, or - for standard input');
      return 2;
    }
    const lines = json || files.length > 1;
    let worst: ExitCode = 0;
    for await (const mail of readMails(files, io)) {
      if ('error' in mail) {
        if (worst < 2) worst = exitCodeOf(mail);
        io.err(`sluice inspect: ${inWords(mail)}`);
        if (lines) io.out(JSON.stringify({ file: mail.file, error: mail.error }));
      } else {
        io.out(lines ? JSON.stringify({ file: mail.file, ...mail.email }) : JSON.stringify(mail.email, null, 2));
      }
    }
    return worst;
  },
};
