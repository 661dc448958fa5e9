import type { Mailbox } from '../../../schemas/settings.ts';
import type { AfterTaking } from '../../../schemas/sources/after-taking.ts';
import { EwsRefusal } from './failure.ts';
import { ewsOf } from './server.ts';
import { refusalOf, type Soap } from './soap.ts';
import { attribute, child, children, elements, escapeXml, text, type XmlNode } from './xml.ts';

export interface EwsFolder {
  id: string;
  /** Names from the top, joined by "/"; the inbox is INBOX in every language. */
  path: string;
  messages: number;
  unseen: number;
  /** Undefined where the server does not tell. */
  mayWrite: boolean | undefined;
}

export interface EwsMail {
  id: string;
  size: number;
  /** Milliseconds since the epoch. */
  receivedAt: number;
}

export interface EwsChanges {
  syncState: string;
  mails: EwsMail[];
  isLast: boolean;
}

/** What EWS allows. */
const changesAtOnce = 512;
const foldersAtOnce = 1_000;
const notMail = new Set(['CalendarItem', 'Contact', 'DistributionList', 'Task', 'PostItem']);

/** Folders that may hold mail, the inbox first. */
export async function listFolders(soap: Soap, mailbox: Mailbox): Promise<EwsFolder[]> {
  const owner = ownerOf(mailbox);
  const inboxId = `<t:DistinguishedFolderId Id="inbox">${owner}</t:DistinguishedFolderId>`;
  const shape = `<m:FolderShape><t:BaseShape>Default</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="folder:EffectiveRights"/><t:FieldURI FieldURI="folder:ParentFolderId"/><t:FieldURI FieldURI="folder:FolderClass"/></t:AdditionalProperties></m:FolderShape>`;
  const [got] = await soap.call(
    'GetFolder',
    `<m:GetFolder>${shape}<m:FolderIds>${inboxId}</m:FolderIds></m:GetFolder>`,
  );
  const inbox = elements(child(got ?? {}, 'Folders'))[0]?.node ?? {};
  const found: XmlNode[] = [];
  for (;;) {
    const page = `<m:IndexedPageFolderView MaxEntriesReturned="${foldersAtOnce}" Offset="${found.length}" BasePoint="Beginning"/>`;
    const root = `<m:ParentFolderIds><t:DistinguishedFolderId Id="msgfolderroot">${owner}</t:DistinguishedFolderId></m:ParentFolderIds>`;
    const [answer = {}] = await soap.call(
      'FindFolder',
      `<m:FindFolder Traversal="Deep">${shape}${page}${root}</m:FindFolder>`,
    );
    const rootFolder = child(answer, 'RootFolder');
    const folders = elements(child(rootFolder, 'Folders')).filter(({ name }) => name === 'Folder');
    found.push(...folders.map(({ node }) => node));
    if (folders.length === 0 || attribute(rootFolder, 'IncludesLastItemInRange') === 'true') break;
  }
  return namePaths(idOf(inbox, 'FolderId'), [inbox, ...found]);
}

function namePaths(inboxId: string, nodes: readonly XmlNode[]): EwsFolder[] {
  const byId = new Map(nodes.map((node) => [idOf(node, 'FolderId'), node]));
  const pathOf = (id: string, depth = 0): string => {
    if (id === inboxId) return 'INBOX';
    const node = byId.get(id);
    if (node === undefined || depth > 50) return '';
    const above = pathOf(idOf(node, 'ParentFolderId'), depth + 1);
    const name = text(node, 'DisplayName');
    return above === '' ? name : `${above}/${name}`;
  };
  return [...byId].flatMap(([id, node]) => {
    const kind = text(node, 'FolderClass');
    if (id === '' || (kind !== '' && !/^IPF\.Note/i.test(kind) && id !== inboxId)) return [];
    const rights = child(node, 'EffectiveRights');
    const modify = text(rights, 'Modify');
    return {
      id,
      path: pathOf(id),
      messages: Number(text(node, 'TotalCount')) || 0,
      unseen: Number(text(node, 'UnreadCount')) || 0,
      mayWrite: modify === '' ? undefined : modify === 'true',
    };
  });
}

/** The next changes of a folder; mails that are new to the given state, in Exchange's order. */
export async function syncFolder(soap: Soap, folderId: string, syncState: string): Promise<EwsChanges> {
  const fields = ['item:Size', 'item:DateTimeReceived', 'item:IsDraft'];
  const shape = `<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${fields.map((field) => `<t:FieldURI FieldURI="${field}"/>`).join('')}</t:AdditionalProperties></m:ItemShape>`;
  const state = syncState === '' ? '' : `<m:SyncState>${escapeXml(syncState)}</m:SyncState>`;
  const [answer = {}] = await soap.call(
    'SyncFolderItems',
    `<m:SyncFolderItems>${shape}<m:SyncFolderId><t:FolderId Id="${escapeXml(folderId)}"/></m:SyncFolderId>${state}<m:MaxChangesReturned>${changesAtOnce}</m:MaxChangesReturned></m:SyncFolderItems>`,
  );
  const created = children(child(answer, 'Changes'), 'Create').flatMap((change) => elements(change));
  const mails = created
    .filter(({ name, node }) => !notMail.has(name) && text(node, 'IsDraft') !== 'true')
    .map(({ node }) => ({
      id: idOf(node, 'ItemId'),
      size: Number(text(node, 'Size')) || 0,
      receivedAt: Date.parse(text(node, 'DateTimeReceived')) || Date.now(),
    }))
    .filter(({ id }) => id !== '');
  return {
    syncState: text(answer, 'SyncState'),
    // A page may name a mail twice.
    mails: [...new Map(mails.map((mail) => [mail.id, mail])).values()],
    isLast: text(answer, 'IncludesLastItemInRange') !== 'false',
  };
}

/** Mails byte for byte as Exchange makes them; by id. A mail that has gone is left out, one that it cannot make is empty. */
export async function getMime(soap: Soap, ids: readonly string[], maxBytes: number): Promise<Map<string, Uint8Array>> {
  const shape = `<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape>`;
  const mails = new Map<string, Uint8Array>();
  await getItems(soap, shape, ids, maxBytes * 2 + 1_048_576, (id, item) => {
    mails.set(id, Buffer.from(item === undefined ? '' : text(item, 'MimeContent'), 'base64'));
  });
  return mails;
}

/** What of a large mail is had without the whole of it. */
export async function getHead(soap: Soap, id: string): Promise<XmlNode | undefined> {
  const fields = ['item:InternetMessageHeaders', 'item:Body', 'item:Attachments', 'item:Subject'];
  const shape = `<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:BodyType>Text</t:BodyType><t:AdditionalProperties>${fields.map((field) => `<t:FieldURI FieldURI="${field}"/>`).join('')}</t:AdditionalProperties></m:ItemShape>`;
  let head: XmlNode | undefined;
  await getItems(soap, shape, [id], 8 * 1_048_576, (_id, item) => {
    head = item ?? {};
  });
  return head;
}

async function getItems(
  soap: Soap,
  shape: string,
  ids: readonly string[],
  maxBytes: number,
  take: (id: string, item: XmlNode | undefined) => void,
): Promise<void> {
  const body = `<m:GetItem>${shape}<m:ItemIds>${itemIds(ids)}</m:ItemIds></m:GetItem>`;
  const messages = await soap.call('GetItem', body, { maxBytes, keepsErrors: true });
  for (const [index, message] of messages.entries()) {
    const id = ids[index];
    const refusal = refusalOf(message);
    if (id === undefined || refusal?.responseCode === 'ErrorItemNotFound') continue;
    take(id, refusal ? undefined : elements(child(message, 'Items'))[0]?.node);
  }
}

/** Does what is to be done with taken mails. Resolves with those that Exchange refused; what has gone needs nothing any more. */
export async function finishMails(
  soap: Soap,
  ids: readonly string[],
  wanted: AfterTaking,
  folderId?: string,
): Promise<string[]> {
  const refused = new Set<string>();
  const note = (messages: readonly XmlNode[]) => {
    for (const [index, message] of messages.entries()) {
      const refusal = refusalOf(message);
      const id = ids[index];
      if (refusal && id !== undefined && refusal.responseCode !== 'ErrorItemNotFound') refused.add(id);
    }
  };
  const update = ids
    .map(
      (id) =>
        `<t:ItemChange><t:ItemId Id="${escapeXml(id)}"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="message:IsRead"/><t:Message><t:IsRead>true</t:IsRead></t:Message></t:SetItemField></t:Updates></t:ItemChange>`,
    )
    .join('');
  note(
    await soap.call(
      'UpdateItem',
      `<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly" SuppressReadReceipts="true"><m:ItemChanges>${update}</m:ItemChanges></m:UpdateItem>`,
      { keepsErrors: true },
    ),
  );
  if (wanted.action === 'move') {
    if (folderId === undefined) throw new EwsRefusal('ErrorFolderNotFound', wanted.folder);
    const target = `<m:ToFolderId><t:FolderId Id="${escapeXml(folderId)}"/></m:ToFolderId>`;
    note(
      await soap.call('MoveItem', `<m:MoveItem>${target}<m:ItemIds>${itemIds(ids)}</m:ItemIds></m:MoveItem>`, {
        keepsErrors: true,
      }),
    );
  } else if (wanted.action === 'delete') {
    const body = `<m:DeleteItem DeleteType="MoveToDeletedItems"><m:ItemIds>${itemIds(ids)}</m:ItemIds></m:DeleteItem>`;
    note(await soap.call('DeleteItem', body, { keepsErrors: true }));
  }
  return [...refused];
}

function itemIds(ids: readonly string[]): string {
  return ids.map((id) => `<t:ItemId Id="${escapeXml(id)}"/>`).join('');
}

/** Whose folders are meant: another's than the login's, where the login has been given access to them. */
function ownerOf(mailbox: Mailbox): string {
  const { username, impersonate } = ewsOf(mailbox);
  const isOwn = impersonate === true || !mailbox.address.includes('@') || !username.includes('@');
  if (isOwn || username.toLowerCase() === mailbox.address.toLowerCase()) return '';
  return `<t:Mailbox><t:EmailAddress>${escapeXml(mailbox.address)}</t:EmailAddress></t:Mailbox>`;
}

function idOf(node: XmlNode, name: string): string {
  return attribute(child(node, name), 'Id');
}
