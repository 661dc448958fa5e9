import type { EwsStore, StoredFolder, StoredItem } from './ews-store.ts';

/** What of the server an operation sees. */
interface EwsServer {
  readonly store: EwsStore;
  pageSize: number;
  repeatsChanges: boolean;
  mayWrite: boolean;
}

/** A parsed request: made by the product, and refused where it is not as Exchange's schema wants it. */
// biome-ignore lint/suspicious/noExplicitAny: the tree of any XML
type Tree = any;

interface EwsReply {
  status: number;
  content: string;
}

const types = 'http://schemas.microsoft.com/exchange/services/2006/types';
const messages = 'http://schemas.microsoft.com/exchange/services/2006/messages';

export function performEws(operation: string, body: Tree, ews: EwsServer, generation: number): EwsReply {
  const perform = operations[operation];
  if (!perform)
    return {
      status: 500,
      content: whole(
        '<s:Fault><faultstring>unknown operation</faultstring><detail><e:ResponseCode>ErrorInvalidRequest</e:ResponseCode></detail></s:Fault>',
      ),
    };
  const parts = perform(body, ews, generation);
  return { status: 200, content: response(operation, parts) };
}

const operations: Record<string, (body: Tree, ews: EwsServer, generation: number) => string[]> = {
  GetFolder: (body, ews) => {
    const wanted = body['m:FolderIds']?.['t:DistinguishedFolderId'];
    if (wanted?.['@Id'] !== 'inbox') return [refused('GetFolder', 'ErrorFolderNotFound')];
    return [done('GetFolder', `<m:Folders>${folderXml(folderOf(ews, ews.store.inboxId), ews)}</m:Folders>`)];
  },
  FindFolder: (body, ews) => {
    const offset = Number(body['m:IndexedPageFolderView']?.['@Offset']);
    if (body['@Traversal'] !== 'Deep' || Number.isNaN(offset)) return [refused('FindFolder', 'ErrorInvalidRequest')];
    const all = [...ews.store.folders.values()];
    const page = all.slice(offset, offset + 2);
    const isLast = offset + page.length >= all.length;
    return [
      done(
        'FindFolder',
        `<m:RootFolder IncludesLastItemInRange="${isLast}" TotalItemsInView="${all.length}"><t:Folders>${page.map((folder) => folderXml(folder, ews)).join('')}</t:Folders></m:RootFolder>`,
      ),
    ];
  },
  SyncFolderItems: (body, ews, generation) => {
    const folder = ews.store.folders.get(body['m:SyncFolderId']?.['t:FolderId']?.['@Id']);
    const most = Number(body['m:MaxChangesReturned']);
    if (!folder) return [refused('SyncFolderItems', 'ErrorFolderNotFound')];
    if (!(most >= 1 && most <= 512)) return [refused('SyncFolderItems', 'ErrorInvalidRequest')];
    const state = /^(\d+):(\d+)&<"$/.exec(
      String(body['m:SyncState'] ?? `${generation}:0&<"`)
        .replace(/&amp;/g, '&')
        .replace(/&lt;/g, '<')
        .replace(/&quot;/g, '"'),
    );
    if (!state || Number(state[1]) !== generation) return [refused('SyncFolderItems', 'ErrorInvalidSyncStateData')];
    const from = Number(state[2]);
    const step = Math.min(most, ews.pageSize);
    const page = folder.log.slice(ews.repeatsChanges && from > 0 ? from - 1 : from, from + step);
    const until = Math.min(folder.log.length, from + step);
    const changes = page.map(({ change, id }) => {
      const item = folder.items.get(id);
      if (change === 'Create') return item ? `<t:Create>${itemXml(item, false)}</t:Create>` : '';
      if (change === 'Delete') return `<t:Delete><t:ItemId Id="${encode(id)}"/></t:Delete>`;
      return item
        ? `<t:ReadFlagChange><t:ItemId Id="${encode(id)}"/><t:IsRead>${item.isRead}</t:IsRead></t:ReadFlagChange>`
        : '';
    });
    return [
      done(
        'SyncFolderItems',
        `<m:SyncState>${encode(`${generation}:${until}&<"`)}</m:SyncState><m:IncludesLastItemInRange>${until === folder.log.length}</m:IncludesLastItemInRange><m:Changes>${changes.join('')}</m:Changes>`,
      ),
    ];
  },
  GetItem: (body, ews) =>
    idsOf(body['m:ItemIds']).map((id) => {
      const item = ews.store.holderOf(id)?.items.get(id);
      if (!item) return refused('GetItem', 'ErrorItemNotFound');
      const shape = body['m:ItemShape'];
      const content =
        shape['t:IncludeMimeContent'] === 'true'
          ? mimeXml(item)
          : shape['t:BodyType'] === 'Text'
            ? headXml(item)
            : itemXml(item, false);
      return done('GetItem', `<m:Items>${content}</m:Items>`);
    }),
  UpdateItem: (body, ews) => {
    if (body['@ConflictResolution'] === undefined || body['@MessageDisposition'] !== 'SaveOnly')
      return [refused('UpdateItem', 'ErrorMessageDispositionRequired')];
    const changes: Tree[] = body['m:ItemChanges']?.['t:ItemChange'] ?? [];
    return changes.map((change) => {
      const id: string = decode(change['t:ItemId'][0]['@Id']);
      if (!ews.store.holderOf(id)) return refused('UpdateItem', 'ErrorItemNotFound');
      if (!ews.mayWrite) return refused('UpdateItem', 'ErrorAccessDenied');
      if (change['t:Updates']['t:SetItemField']['t:Message']['t:IsRead'] === 'true') ews.store.markRead(id);
      return done('UpdateItem', '<m:Items/>');
    });
  },
  MoveItem: (body, ews) => {
    const target = ews.store.folders.get(decode(body['m:ToFolderId']?.['t:FolderId']?.['@Id'] ?? ''));
    return idsOf(body['m:ItemIds']).map((id) => {
      if (!target || !ews.store.holderOf(id)) return refused('MoveItem', 'ErrorItemNotFound');
      ews.store.move(id, target);
      return done('MoveItem', '<m:Items/>');
    });
  },
  DeleteItem: (body, ews) =>
    idsOf(body['m:ItemIds']).map((id) => {
      if (!ews.store.holderOf(id)) return refused('DeleteItem', 'ErrorItemNotFound');
      if (body['@DeleteType'] !== 'MoveToDeletedItems') return refused('DeleteItem', 'ErrorInvalidRequest');
      ews.store.move(id, ews.store.folderNamed('Gelöschte Elemente'));
      return done('DeleteItem', '');
    }),
};

export function busyFault(ms: number): string {
  return whole(
    `<s:Fault><faultcode>a:ErrorServerBusy</faultcode><faultstring>The server cannot service this request right now.</faultstring><detail><e:ResponseCode xmlns:e="urn:e">ErrorServerBusy</e:ResponseCode>${backOff(ms)}</detail></s:Fault>`,
  );
}

export function busyMessage(operation: string, ms: number): string {
  return response(operation, [refused(operation, 'ErrorServerBusy', backOff(ms))]);
}

function backOff(ms: number): string {
  return `<t:MessageXml xmlns:t="${types}"><t:Value Name="BackOffMilliseconds">${ms}</t:Value></t:MessageXml>`;
}

function whole(content: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body xmlns:m="${messages}" xmlns:t="${types}">${content}</s:Body></s:Envelope>`;
}

function response(operation: string, parts: readonly string[]): string {
  return whole(
    `<m:${operation}Response><m:ResponseMessages>${parts.join('')}</m:ResponseMessages></m:${operation}Response>`,
  );
}

function done(operation: string, content: string): string {
  return `<m:${operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}</m:${operation}ResponseMessage>`;
}

function refused(operation: string, code: string, more = ''): string {
  return `<m:${operation}ResponseMessage ResponseClass="Error"><m:MessageText>No: ${code}</m:MessageText><m:ResponseCode>${code}</m:ResponseCode>${more}</m:${operation}ResponseMessage>`;
}

function folderOf(ews: EwsServer, id: string): StoredFolder {
  const folder = ews.store.folders.get(id);
  if (!folder) throw new Error('no such folder');
  return folder;
}

function folderXml({ id, parent, name, kind, items }: StoredFolder, { mayWrite }: EwsServer): string {
  const element = kind === 'IPF.Note' ? 'Folder' : 'CalendarFolder';
  const unread = [...items.values()].filter(({ isRead }) => !isRead).length;
  return `<t:${element}><t:FolderId Id="${encode(id)}"/><t:ParentFolderId Id="${encode(parent)}"/><t:FolderClass>${kind}</t:FolderClass><t:DisplayName>${encode(name)}</t:DisplayName><t:TotalCount>${items.size}</t:TotalCount><t:EffectiveRights><t:Modify>${mayWrite}</t:Modify></t:EffectiveRights><t:UnreadCount>${unread}</t:UnreadCount></t:${element}>`;
}

function itemXml({ id, kind, mime, receivedAt }: StoredItem, withContent: boolean, content = ''): string {
  const facts = `<t:DateTimeReceived>${new Date(receivedAt).toISOString()}</t:DateTimeReceived><t:Size>${mime.length}</t:Size><t:IsDraft>false</t:IsDraft>`;
  return `<t:${kind}><t:ItemId Id="${encode(id)}" ChangeKey="CQ=="/>${withContent ? content : facts}</t:${kind}>`;
}

function mimeXml(item: StoredItem): string {
  return itemXml(item, true, `<t:MimeContent CharacterSet="UTF-8">${item.mime.toString('base64')}</t:MimeContent>`);
}

function headXml(item: StoredItem): string {
  const [head = '', ...rest] = item.mime.toString('latin1').split('\r\n\r\n');
  const headers = head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map(
      (line) =>
        `<t:InternetMessageHeader HeaderName="${encode(line.slice(0, line.indexOf(':')))}">${encode(line.slice(line.indexOf(':') + 1).trim())}</t:InternetMessageHeader>`,
    );
  const text = rest[1]?.split('\r\n--')[0] ?? '';
  return itemXml(
    item,
    true,
    `<t:Body BodyType="Text">${encode(text)}</t:Body><t:Attachments><t:FileAttachment><t:Name>scan.bin</t:Name><t:ContentType>application/octet-stream</t:ContentType></t:FileAttachment></t:Attachments><t:InternetMessageHeaders>${headers.join('')}</t:InternetMessageHeaders>`,
  );
}

function idsOf(node: Tree): string[] {
  return (node?.['t:ItemId'] ?? []).map((each: Tree) => decode(each['@Id']));
}

function encode(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function decode(value: string): string {
  return value
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}
