import type { Email } from './email.ts';

export interface Nature {
  /** A few words, as a badge shows them. */
  text: string;
  /** What it means for whoever reads or routes the mail. */
  meaning: string;
}

/** What a mail is beside text: locked, signed, an invitation, wrapped by a program. */
export function mailNature(email: Pick<Email, 'headers' | 'attachments' | 'text' | 'evidence'>): Nature[] {
  const type = (Object.hasOwn(email.headers, 'content-type') && email.headers['content-type']?.[0]) || '';
  const types = [type, ...email.attachments.map((attachment) => attachment.type)].join('\n').toLowerCase();
  const names = email.attachments.map(({ name }) => name.toLowerCase());
  const start = email.text.slice(0, 20_000);
  const found: Nature[] = [];
  const add = (applies: boolean, text: string, meaning: string) => applies && found.push({ text, meaning });

  // A signature may also lie around the text, under the very name of a locked mail: smime.p7m (RFC 8551 section 3.2.2).
  const isSignedAround = /smime-type="?signed-data/i.test(type);
  add(
    /multipart\/encrypted|application\/pgp-encrypted/.test(types) || /^-----BEGIN PGP MESSAGE-----/m.test(start),
    'encrypted, PGP',
    'The text is locked: conditions on it see nothing. Open the source with the key that it was written for.',
  );
  add(
    !isSignedAround && (/application\/(x-)?pkcs7-mime/.test(types) || names.includes('smime.p7m')),
    'encrypted, S/MIME',
    'The text is locked: conditions on it see nothing. Open the source with the certificate that it was written for.',
  );
  add(
    /application\/pgp-signature/.test(types) || /^-----BEGIN PGP SIGNED MESSAGE-----/m.test(start),
    'signed, PGP',
    'It carries a signature. Sluice does not check it: it proves nothing here.',
  );
  add(
    isSignedAround || /application\/(x-)?pkcs7-signature/.test(types),
    'signed, S/MIME',
    'It carries a signature. Sluice does not check it: it proves nothing here.',
  );
  const isAnswer = email.evidence.some(({ value }) => /^text\/calendar; method=/i.test(value));
  add(isAnswer, 'answer to an invitation', 'A calendar program wrote it when somebody accepted or declined.');
  add(!isAnswer && /text\/calendar/.test(types), 'invitation', 'It holds a calendar entry, attached as a file.');
  add(
    names.includes('winmail.dat') || /application\/(vnd\.)?ms-tnef/.test(types),
    'wrapped by Outlook',
    email.attachments.some(({ within }) => within !== undefined)
      ? 'Outlook has put files into winmail.dat (TNEF). They were unpacked, and stand among the attachments.'
      : 'Outlook has wrapped this mail into winmail.dat (TNEF), and no files were found in it. If something is missing, ask the sender for plain text.',
  );
  add(
    /^begin [0-7]{3,4} [^\r\n]{1,255}\r?\n[\x20-\x60]{1,90}\r?$/m.test(start),
    'uuencoded file in the text',
    'An old program has written a file into the text itself.',
  );
  return found;
}
