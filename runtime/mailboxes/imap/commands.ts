import type { FetchMessageObject, ImapFlow, MessageStructureObject } from 'imapflow';
import { OperationalError } from '../../../schemas/errors.ts';
import { identityHeaders, identityOf } from '../identity.ts';
import type { ImapConnection } from './connection.ts';
import type { KnownMail } from './cursor.ts';
import { folderMissing, isMissingFolder, isRefusal } from './failure.ts';
import { inWindows, toSequenceSet } from './sequence-set.ts';

/** A folder as the server describes it when it is opened. */
export interface OpenFolder {
  validity: string;
  /** The UID that the next mail will get. */
  next: number;
  mails: number;
  mayFlag: boolean;
}

const aboutMail = { uid: true, internalDate: true, headers: [...identityHeaders] };

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

/** UIDs above the given one, ascending. */
export async function listAbove(connection: ImapConnection, path: string, uid: number): Promise<number[]> {
  const found = await connection.run(`looking for new mail in "${path}"`, (client) => {
    assertOpen(client, path);
    return client.search({ uid: `${uid + 1}:*` }, { uid: true });
  });
  if (!found) throw new OperationalError('search-refused', `The server refuses to search the folder "${path}".`);
  // "n:*" always names the newest mail, too, even if its UID is below n.
  return found.filter((each) => each > uid).sort((a, b) => a - b);
}

/** The last mails of the open folder, oldest first. */
export async function listLast(connection: ImapConnection, count: number): Promise<(KnownMail & { uid: number })[]> {
  return await connection.run('listing the newest mails', async (client) => {
    const exists = client.mailbox === false ? 0 : client.mailbox.exists;
    const mails: (KnownMail & { uid: number })[] = [];
    if (exists === 0) return mails;
    for await (const mail of client.fetch(`${Math.max(1, exists - count + 1)}:*`, aboutMail)) mails.push(known(mail));
    return mails.sort((a, b) => a.uid - b.uid);
  });
}

/** Fingerprints and arrival times of the given mails, ascending. */
export async function describe(
  connection: ImapConnection,
  path: string,
  uids: readonly number[],
): Promise<(KnownMail & { uid: number })[]> {
  const mails: (KnownMail & { uid: number })[] = [];
  for (const window of inWindows(uids, 1_000)) {
    await connection.run(`comparing mails in "${path}"`, async (client) => {
      assertOpen(client, path);
      for await (const mail of client.fetch(toSequenceSet(window), aboutMail, { uid: true })) mails.push(known(mail));
    });
  }
  return mails.sort((a, b) => a.uid - b.uid);
}

/** A mail as it arrives: at most the bytes that were asked for. */
export interface FetchedMail {
  uid: number;
  arrivedAt: number;
  bytes: Uint8Array;
}

/**
 * Streams the bytes of the given mails, in the server's order; a mail deleted meanwhile does not come. Nothing is marked as read by this.
 * The next mail is not read from the connection before `take` has resolved; no command may be given inside it.
 */
export async function readMails(
  connection: ImapConnection,
  path: string,
  uids: readonly number[],
  maxBytes: number,
  take: (mail: FetchedMail) => void | Promise<void>,
): Promise<void> {
  await connection.run(`sending mail from "${path}"`, async (client, aside) => {
    assertOpen(client, path);
    const asked = new Set(uids);
    // The limit is part of the command: a size asked for beforehand costs the server a reading of its own, and is not always true.
    const query = { uid: true, internalDate: true, source: { start: 0, maxLength: maxBytes } };
    for await (const mail of client.fetch(toSequenceSet(uids), query, { uid: true })) {
      // What was not asked for, or comes a second time, is not ours to count.
      if (!mail.source || !asked.delete(mail.uid)) continue;
      const taken = take({ uid: mail.uid, arrivedAt: arrivalOf(mail), bytes: mail.source });
      if (taken) await aside(taken);
    }
  });
}

/** How large a mail is, and where its first text stands. */
export interface LargeMail {
  size: number;
  /** The part's number, as FETCH names it; undefined where the mail has no text. */
  textPart?: string | undefined;
}

/** Undefined where the mail is gone. */
export async function measureMail(
  connection: ImapConnection,
  path: string,
  uid: number,
): Promise<LargeMail | undefined> {
  return await connection.run(`measuring a large mail in "${path}"`, async (client) => {
    assertOpen(client, path);
    const mail = await client.fetchOne(String(uid), { uid: true, size: true, bodyStructure: true }, { uid: true });
    if (!mail || mail.size === undefined) return undefined;
    return { size: mail.size, textPart: mail.bodyStructure && firstText(mail.bodyStructure) };
  });
}

/** A part with its MIME header, at most so many bytes of it. */
export async function readPart(
  connection: ImapConnection,
  path: string,
  uid: number,
  part: string,
  maxLength: number,
): Promise<{ header: Buffer; content: Buffer } | undefined> {
  return await connection.run(`sending the text of a large mail in "${path}"`, async (client) => {
    assertOpen(client, path);
    const bodyParts = [`${part}.mime`, { key: part, start: 0, maxLength }];
    const mail = await client.fetchOne(String(uid), { uid: true, bodyParts }, { uid: true });
    const content = (mail || undefined)?.bodyParts?.get(part);
    const header = (mail || undefined)?.bodyParts?.get(`${part}.mime`);
    return content && header ? { header, content } : undefined;
  });
}

function firstText(part: MessageStructureObject): string | undefined {
  if (part.childNodes) {
    for (const child of part.childNodes) {
      const found = firstText(child);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const isText = part.type === 'text/plain' || part.type === 'text/html';
  return isText && part.disposition !== 'attachment' ? part.part : undefined;
}

/** Marks as read; false if the server does not let us. */
export async function markSeen(connection: ImapConnection, path: string, set: string): Promise<boolean> {
  return await connection.run(`marking mail as read in "${path}"`, async (client) => {
    assertOpen(client, path);
    return await client.messageFlagsAdd(set, ['\\Seen'], { uid: true, silent: true });
  });
}

/** Moves to another folder; false if the server does not let us, or cannot without touching other mails. */
export async function moveMails(
  connection: ImapConnection,
  path: string,
  set: string,
  target: string,
): Promise<boolean> {
  return await connection.run(`moving mail out of "${path}"`, async (client) => {
    assertOpen(client, path);
    // Without either, moving ends in EXPUNGE, which removes whatever anybody has marked as deleted.
    if (!client.capabilities.has('MOVE') && !client.capabilities.has('UIDPLUS')) return false;
    return (await judged(client.messageMove(set, target, { uid: true }))) !== false;
  });
}

/** Deletes these mails and no others; false if the server does not let us, or cannot. */
export async function deleteMails(connection: ImapConnection, path: string, set: string): Promise<boolean> {
  return await connection.run(`deleting mail in "${path}"`, async (client) => {
    assertOpen(client, path);
    if (!client.capabilities.has('UIDPLUS')) return false;
    return await judged(client.messageDelete(set, { uid: true }));
  });
}

/** False also where the library throws what the server refused. */
async function judged<T>(command: Promise<T>): Promise<T | false> {
  try {
    return await command;
  } catch (error) {
    if (isRefusal(error) || isMissingFolder(error)) return false;
    throw error;
  }
}

/** Those of the UIDs up to `to` that arrived on this day or later, as the server counts days. */
export async function listSince(connection: ImapConnection, path: string, from: string, to: number): Promise<number[]> {
  const found = await connection.run(`looking for the mail of the last days in "${path}"`, (client) => {
    assertOpen(client, path);
    return client.search({ uid: `1:${to}`, since: from }, { uid: true });
  });
  if (!found) throw new OperationalError('search-refused', `The server refuses to search the folder "${path}".`);
  return found.filter((uid) => uid <= to);
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

function known(mail: FetchMessageObject): KnownMail & { uid: number } {
  const identity = identityOf(mail.headers ?? new Uint8Array());
  return { uid: mail.uid, identity, arrivedAt: Math.floor(arrivalOf(mail) / 1_000) };
}

function arrivalOf(mail: FetchMessageObject): number {
  const time = mail.internalDate === undefined ? Number.NaN : new Date(mail.internalDate).getTime();
  return Number.isNaN(time) ? Date.now() : time;
}

export function isOpen({ client }: Pick<ImapConnection, 'client'>, path: string): boolean {
  return client.mailbox !== false && client.mailbox.path.toUpperCase() === path.toUpperCase();
}

/** With no folder open the library answers a fetch with nothing at all, which would read as "no new mail". */
function assertOpen(client: ImapFlow, path: string): void {
  if (isOpen({ client }, path)) return;
  throw new OperationalError('folder-closed', `The server has closed the folder "${path}".`);
}
