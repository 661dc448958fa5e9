import { randomBytes } from 'node:crypto';
import { GraphError, itemNotFound } from './graph-answer.ts';

export interface StoredMessage {
  /** The same for as long as the message is in the mailbox. */
  immutableId: string;
  /** Another one after each move. */
  id: string;
  folder: string;
  mime: Buffer;
  /** Milliseconds. */
  receivedAt: number;
  isRead: boolean;
}

/** What happened in a folder, for the delta query. */
interface Change {
  kind: 'created' | 'updated' | 'removed';
  immutableId: string;
  /** The id that it had then. */
  id: string;
}

export interface Folder {
  id: string;
  name: string;
  parent: string | undefined;
  wellKnown?: string;
  changes: Change[];
}

export interface Account {
  user: string;
  /** False for a mailbox on premises, which Graph refuses. */
  inCloud: boolean;
  /** Addresses besides its own that it may send as. */
  sendAs: string[];
  /** False: an application access policy keeps the caller out. */
  allowed: boolean;
  folders: Map<string, Folder>;
  messages: Map<string, StoredMessage>;
  /** Called when a message comes into a folder, by delivery or by a move. */
  onCreated: (folder: Folder, message: StoredMessage) => void;
}

/** Ids that differ in the case of letters alone are different, as Exchange's are. */
const newId = () => `AAMk${randomBytes(48).toString('base64url')}AAA=`;

const wellKnownFolders = { inbox: 'Inbox', sentitems: 'Sent Items', deleteditems: 'Deleted Items', drafts: 'Drafts' };

export function createAccount(user: string): Account {
  const account: Account = {
    user,
    inCloud: true,
    sendAs: [],
    allowed: true,
    folders: new Map(),
    messages: new Map(),
    onCreated: () => {},
  };
  for (const [wellKnown, name] of Object.entries(wellKnownFolders)) addFolder(account, name, undefined, wellKnown);
  return account;
}

export function addFolder(account: Account, name: string, parent?: string, wellKnown?: string): Folder {
  const folder: Folder = { id: newId(), name, parent, changes: [], ...(wellKnown && { wellKnown }) };
  account.folders.set(folder.id, folder);
  return folder;
}

/** By id, by well-known name, or, for tests, by display name. */
export function folderOf(account: Account, name: string): Folder {
  const all = [...account.folders.values()];
  const found =
    account.folders.get(name) ??
    all.find(({ wellKnown }) => wellKnown === name.toLowerCase()) ??
    all.find((folder) => folder.name === name);
  if (found === undefined) throw new GraphError(404, 'ErrorFolderNotFound', 'The specified folder could not be found.');
  return found;
}

export function addMessage(
  account: Account,
  folder: Folder,
  mime: Uint8Array,
  receivedAt: number,
  isRead = false,
): StoredMessage {
  const message = {
    immutableId: newId(),
    id: newId(),
    folder: folder.id,
    mime: Buffer.from(mime),
    receivedAt,
    isRead,
  };
  account.messages.set(message.immutableId, message);
  folder.changes.push({ kind: 'created', immutableId: message.immutableId, id: message.id });
  account.onCreated(folder, message);
  return message;
}

/** By either id. Case counts; an id that cannot be one is refused otherwise than an unknown one. */
export function messageOf(account: Account, id: string): StoredMessage {
  if (!/^[\w-]+=*$/.test(id)) throw new GraphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.');
  const found = account.messages.get(id) ?? [...account.messages.values()].find((message) => message.id === id);
  if (found === undefined) throw itemNotFound();
  return found;
}

export function moveMessage(account: Account, message: StoredMessage, to: Folder): void {
  account.folders
    .get(message.folder)
    ?.changes.push({ kind: 'removed', immutableId: message.immutableId, id: message.id });
  message.folder = to.id;
  message.id = newId();
  to.changes.push({ kind: 'created', immutableId: message.immutableId, id: message.id });
  account.onCreated(to, message);
}

export function markMessage(account: Account, message: StoredMessage, isRead: boolean): void {
  message.isRead = isRead;
  account.folders
    .get(message.folder)
    ?.changes.push({ kind: 'updated', immutableId: message.immutableId, id: message.id });
}

export function headerOf(mime: Uint8Array, name: string): string {
  const text = Buffer.from(mime).toString('latin1');
  const head = text.slice(0, Math.max(0, text.indexOf('\r\n\r\n'))).replace(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
}
