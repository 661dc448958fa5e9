import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { OperationalError } from '../../../schemas/errors.ts';
import { type ListedMail, toSequenceSet } from './batches.ts';
import type { ImapConnection } from './connection.ts';
import { folderMissing, isMissingFolder, isRefusal } from './failure.ts';
import { identityHeaders, identityOf } from './identity.ts';

/** A folder as the server describes it when it is opened. */
export interface OpenFolder {
  validity: string;
  /** The UID that the next mail will get. */
  next: number;
  mails: number;
  mayFlag: boolean;
}

/** How many mails are listed at once; a folder with more is read in several rounds. */
const listLimit = 20_000;

export async function openFolder(connection: ImapConnection, path: string): Promise<OpenFolder> {
  const opened = await connection.run(`opening the folder "${path}"`, async (client) => {
    try {
      return await client.mailboxOpen(path);
    } catch (error) {
      throw isMissingFolder(error) ? folderMissing(path, error) : error;
    }
  });
  const mayFlag =
    !opened.readOnly &&
    (opened.permanentFlags === undefined || opened.permanentFlags.has('\\Seen') || opened.permanentFlags.has('\\*'));
  const folder = { validity: String(opened.uidValidity), mails: opened.exists, mayFlag };
  if (opened.uidNext > 0) return { ...folder, next: opened.uidNext };
  // UIDNEXT is optional in the answer to SELECT (RFC 3501, 7.1): the last mail tells.
  const newest = opened.exists > 0 ? await listLast(connection, 1) : [];
  return { ...folder, next: (newest.at(-1)?.uid ?? 0) + 1 };
}

/** Mails above a UID, in ascending order; `more` when there were too many for one round. */
export async function listAbove(
  connection: ImapConnection,
  path: string,
  uid: number,
): Promise<{ mails: ListedMail[]; more: boolean }> {
  const mails: ListedMail[] = [];
  let more = false;
  await connection.run(`listing new mail in "${path}"`, async (client) => {
    assertOpen(client, path);
    // "n:*" always names the newest mail, too, even if its UID is below n.
    for await (const mail of client.fetch(
      `${uid + 1}:*`,
      { uid: true, size: true, internalDate: true },
      { uid: true },
    )) {
      if (mail.uid <= uid) continue;
      if (mails.length < listLimit) mails.push(listed(mail));
      else more = true;
    }
  });
  mails.sort((a, b) => a.uid - b.uid);
  return { mails, more };
}

/** The last mails of the open folder with their fingerprints, oldest first. */
export async function listLast(
  connection: ImapConnection,
  count: number,
): Promise<(ListedMail & { identity: string })[]> {
  return await connection.run('listing the newest mails', async (client) => {
    const exists = client.mailbox === false ? 0 : client.mailbox.exists;
    if (exists === 0) return [];
    const query = { uid: true, size: true, internalDate: true, headers: [...identityHeaders] };
    const mails: (ListedMail & { identity: string })[] = [];
    for await (const mail of client.fetch(`${Math.max(1, exists - count + 1)}:*`, query)) {
      mails.push({ ...listed(mail), identity: identityOf(mail.headers ?? new Uint8Array()) });
    }
    return mails.sort((a, b) => a.uid - b.uid);
  });
}

/** Fingerprints of the given mails, by UID. */
export async function readIdentities(
  connection: ImapConnection,
  path: string,
  uids: readonly number[],
): Promise<Map<number, string>> {
  const identities = new Map<number, string>();
  for (let from = 0; from < uids.length; from += 1_000) {
    const set = toSequenceSet(uids.slice(from, from + 1_000));
    await connection.run(`comparing mails in "${path}"`, async (client) => {
      assertOpen(client, path);
      for await (const mail of client.fetch(set, { uid: true, headers: [...identityHeaders] }, { uid: true })) {
        identities.set(mail.uid, identityOf(mail.headers ?? new Uint8Array()));
      }
    });
  }
  return identities;
}

/** The bytes of the given mails, by UID; a mail deleted meanwhile is not in the answer. Nothing is marked as read by this. */
export async function readMails(
  connection: ImapConnection,
  path: string,
  uids: readonly number[],
  maxBytes: number,
): Promise<Map<number, Buffer>> {
  const bytes = new Map<number, Buffer>();
  await connection.run(`sending mail from "${path}"`, async (client) => {
    assertOpen(client, path);
    // The limit is part of the command: sizes that servers announce are not always true.
    const query = { uid: true, source: { start: 0, maxLength: maxBytes } };
    for await (const mail of client.fetch(toSequenceSet(uids), query, { uid: true })) {
      if (mail.source) bytes.set(mail.uid, mail.source);
    }
  });
  return bytes;
}

/** Marks as read; false if the server does not let us. */
export async function markSeen(connection: ImapConnection, path: string, set: string): Promise<boolean> {
  return await connection.run(`marking mail as read in "${path}"`, async (client) => {
    assertOpen(client, path);
    return await client.messageFlagsAdd(set, ['\\Seen'], { uid: true, silent: true });
  });
}

/** Whether a folder may have changed, without opening it. */
export async function peekFolder(
  connection: ImapConnection,
  path: string,
): Promise<{ validity: string; next: number } | undefined> {
  const status = await connection.run(`looking at the folder "${path}"`, async (client) => {
    try {
      return await client.status(path, { uidNext: true, uidValidity: true });
    } catch (error) {
      // Opening it finds out what is wrong, and says so.
      if (isRefusal(error) || isMissingFolder(error)) return false;
      throw error;
    }
  });
  if (!status || status.uidNext === undefined || status.uidValidity === undefined) return undefined;
  return { validity: String(status.uidValidity), next: status.uidNext };
}

function listed(mail: FetchMessageObject): ListedMail {
  const arrivedAt = mail.internalDate === undefined ? Number.NaN : new Date(mail.internalDate).getTime();
  return { uid: mail.uid, size: mail.size ?? 0, arrivedAt: Number.isNaN(arrivedAt) ? Date.now() : arrivedAt };
}

export function isOpen({ client }: Pick<ImapConnection, 'client'>, path: string): boolean {
  return client.mailbox !== false && client.mailbox.path.toUpperCase() === path.toUpperCase();
}

/** With no folder open the library answers a fetch with nothing at all, which would read as "no new mail". */
function assertOpen(client: ImapFlow, path: string): void {
  if (isOpen({ client }, path)) return;
  throw new OperationalError('folder-closed', `The server has closed the folder "${path}".`);
}
