import { isDeepStrictEqual } from 'node:util';
import { mailLimits } from '../../runtime/mail/limits.ts';
import type { MailParser } from '../../runtime/mail/mail-parser.ts';
import { emailSchema } from '../../schemas/email.ts';
import { OperationalError, UserError } from '../../schemas/errors.ts';
import { createValidator } from '../../schemas/validate.ts';

const context = { own: { addresses: ['support@demo.test'], installation: 'a1b2c3d4e5f6a7b8' } };
const isEmail = createValidator(emailSchema);

/**
 * What is promised of the parser for any bytes at all; null if it holds, else what does not. A mail is read or refused with an error of ours,
 * never at the cost of a thread or its time; what is read is an email within its bounds; the same bytes give the same email; and its
 * attachments can be taken out as they were listed.
 */
export async function brokenPromise(parser: MailParser, bytes: Uint8Array): Promise<string | null> {
  let email: Awaited<ReturnType<MailParser['parse']>>;
  try {
    email = await parser.parse(bytes, context);
  } catch (error) {
    if (error instanceof UserError) return null;
    return error instanceof OperationalError
      ? `${error.code}: ${error.message}`
      : `not an error of ours: ${String(error)}`;
  }
  const shape = isEmail({ ...email, headers: { ...email.headers } });
  if (!shape.ok) return `no email: ${JSON.stringify(shape.issues[0])}`;
  if (Object.getPrototypeOf(email.headers) !== null) return 'the headers have a prototype';
  const tooLong = [email.text, email.html, email.replyText].some((text) => text.length > mailLimits.textChars);
  if (tooLong || email.preview.length > 200 || email.to.length > mailLimits.addresses)
    return 'the email is out of bounds';
  if (/[\r\n\0]/.test(email.subject + email.from.name + email.from.address)) return 'a line break in a header';
  if (!isDeepStrictEqual(email, await parser.parse(bytes, context))) return 'the same bytes gave two emails';
  for (const [place, { size, name }] of email.attachments.slice(0, 3).entries()) {
    const [part] = await parser.parts(bytes, { attachment: place });
    if (part?.content.length !== size || part.name !== name) return `attachment ${place} is not as it was listed`;
  }
  return null;
}
