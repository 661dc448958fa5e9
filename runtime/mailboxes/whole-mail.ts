import { OperationalError, UserError } from '../../schemas/errors.ts';
import { identityOf } from './identity.ts';
import type { RawMail } from './source.ts';

/** Which mail is meant: where its source found it, and what is here of it. */
export type StoredMail = Pick<RawMail, 'folder' | 'serverKey' | 'bytes'>;

/** The parser takes no more either; a mail of this size is best read in a mail program. */
export const wholeMailBytes = 64 * 1_048_576;

/**
 * The whole of a mail that was shortened, if that is what the server handed over.
 *
 * @throws UserError `mail-gone` (410) where it is no longer there, or another mail has its place; `mail-endless` (413).
 */
export function assertWhole(mail: StoredMail, whole: Uint8Array | undefined): Uint8Array {
  if (whole === undefined || (mail.bytes.byteLength > 0 && identityOf(whole) !== identityOf(mail.bytes))) {
    throw new UserError(
      'mail-gone',
      'This mail is not on the server any more: it was moved or deleted there. What is stored here is all there is.',
      { status: 410 },
    );
  }
  if (whole.byteLength > wholeMailBytes) {
    const limit = Math.floor(wholeMailBytes / 1_048_576);
    const message = `This mail has more than ${limit} MB, which is more than can be shown here. Read it in a mail program.`;
    throw new UserError('mail-endless', message, { status: 413 });
  }
  return whole;
}

/** A source that has no server which could be asked again. */
export function nothingToAsk(): OperationalError {
  return new OperationalError(
    'mailbox-gone',
    'The mailbox of this mail does not exist any more, so the rest cannot be fetched.',
  );
}
