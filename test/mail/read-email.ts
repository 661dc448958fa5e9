import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MailLimits, mailLimits } from '../../runtime/mail/limits.ts';
import type { MailContext } from '../../runtime/mail/mail-context.ts';
import { parseMail } from '../../runtime/mail/parse-mail.ts';
import type { Email } from '../../schemas/email.ts';

export const ourContext: MailContext = { own: { addresses: ['support@demo.test'], installation: 'a1b2c3d4e5f6a7b8' } };

export function emailBytes(name: string): Uint8Array {
  return readFileSync(join(import.meta.dirname, '../emails', `${name}.eml`));
}

/** Parses a sample of test/emails in this thread. */
export function readEmail(name: string, context: MailContext = ourContext): Promise<Email> {
  return parseMail(emailBytes(name), context, mailLimits);
}

/** Parses a mail made of these header lines and this text. */
export function readLines(lines: readonly string[], text = 'Hello', limits: MailLimits = mailLimits): Promise<Email> {
  return parseMail(new TextEncoder().encode(`${lines.join('\r\n')}\r\n\r\n${text}\r\n`), ourContext, limits);
}
