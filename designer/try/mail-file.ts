import type { MailChoice } from '../../schemas/api/try.ts';
import { base64 } from './written-mail.ts';

/** The server takes no more than this in one request. */
const maxFileBytes = 40_000_000;

/** A file as the mail to try. Throws an Error whose message is for people. */
export async function mailFromFile(file: File): Promise<MailChoice> {
  if (file.size > maxFileBytes) throw new Error('The file is larger than 40 MB, more than any mail that Sluice takes.');
  return { emlBase64: base64(new Uint8Array(await file.arrayBuffer())) };
}
