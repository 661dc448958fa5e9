import { addText, keptTextBytes, shortenMail } from '../../mail/shorten.ts';
import { headOf } from '../identity.ts';
import type { RawMail } from '../source.ts';
import { type FetchedMail, measureMail, readMails, readPart } from './commands.ts';
import type { ImapConnection } from './connection.ts';
import { isRefusal } from './failure.ts';

/** How much of a mail is fetched when its headers are all that is wanted. */
const headBytes = 262_144;

export type TakenMail = Omit<RawMail, 'folder' | 'serverKey'> & { uid: number };

type LargeMail = TakenMail & { hasText?: boolean };

/**
 * Streams mails to `take`, and makes sure that none is passed over: a mail over the limit comes shortened, after the
 * others, and one that the server does not hand over though it is there with as much of its head as can be had. Only what was deleted does
 * not come.
 */
export async function fetchWindow(
  connection: ImapConnection,
  path: string,
  uids: readonly number[],
  maxBytes: number,
  take: (mail: TakenMail) => void | Promise<void>,
): Promise<void> {
  const missing = new Set(uids);
  const large: LargeMail[] = [];
  const takeWhole = ({ uid, arrivedAt, bytes }: FetchedMail) => {
    missing.delete(uid);
    if (bytes.byteLength <= maxBytes) return take({ uid, receivedAt: arrivedAt, bytes });
    // No command may be given in here, and what it lacks is asked for by one.
    large.push({ uid, receivedAt: arrivedAt, ...shorten(bytes) });
    return undefined;
  };
  // One byte more than the limit tells that a mail is over it.
  const refused = await isRefused(() => readMails(connection, path, uids, maxBytes + 1, takeWhole));
  for (const uid of missing) {
    // One mail that the server cannot read must not keep back its neighbours.
    if (refused && !(await isRefused(() => readMails(connection, path, [uid], maxBytes + 1, takeWhole)))) continue;
    const takeHead = ({ bytes, arrivedAt }: FetchedMail) => {
      missing.delete(uid);
      return take({ uid, receivedAt: arrivedAt, bytes: headOf(bytes), truncated: true });
    };
    if (await isRefused(() => readMails(connection, path, [uid], headBytes, takeHead))) {
      // There and unreadable: quarantined empty, somebody sees it at least, and what comes after it is not stopped.
      await take({ uid, receivedAt: Date.now(), bytes: new Uint8Array(), truncated: true });
    }
  }
  for (const mail of large) await take(await complete(connection, path, mail));
}

function shorten(start: Uint8Array): Omit<LargeMail, 'uid' | 'receivedAt'> {
  const mail = shortenMail(start);
  if (mail === null) return { bytes: headOf(start), truncated: true };
  return { bytes: mail.bytes, hasText: mail.hasText, wholeSize: start.byteLength };
}

/** What a shortened mail lacks: its true size, and its text where that stands behind megabytes of something else. */
async function complete(connection: ImapConnection, path: string, { hasText, ...mail }: LargeMail): Promise<TakenMail> {
  let whole: TakenMail = mail;
  await isRefused(async () => {
    const about = await measureMail(connection, path, mail.uid);
    if (about === undefined) return;
    whole = { ...whole, ...(mail.truncated ? {} : { wholeSize: about.size }) };
    if (hasText !== false || about.textPart === undefined) return;
    const text = await readPart(connection, path, mail.uid, about.textPart, keptTextBytes);
    if (text) whole = { ...whole, bytes: addText(mail.bytes, text.header, text.content) };
  });
  return whole;
}

/** Runs a command; true when the server judged and refused it. A connection that broke is an error as ever. */
async function isRefused(command: () => Promise<void>): Promise<boolean> {
  try {
    await command();
    return false;
  } catch (error) {
    if (isRefusal(error)) return true;
    throw error;
  }
}
