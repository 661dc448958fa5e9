import {
  type Account,
  type Folder,
  folderOf,
  headerOf,
  markMessage,
  messageOf,
  moveMessage,
  type StoredMessage,
} from './accounts.ts';
import type { Delta } from './delta.ts';
import { accessDenied, type GraphAnswer, GraphError } from './graph-answer.ts';
import { sendMime } from './send-mail.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';
import { type Claims, grants } from './tokens.ts';

export interface GraphRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: Uint8Array;
  claims: Claims;
}

interface House {
  accounts: ReadonlyMap<string, Account>;
  delta: Delta;
  subscriptions: Subscriptions;
  now(): number;
}

/** What Prefer asks for, out of a list of preferences. */
function preferencesOf({ headers }: GraphRequest): { immutable: boolean; pageSize: number } {
  const prefer = headers.prefer ?? '';
  return {
    immutable: /IdType="ImmutableId"/.test(prefer),
    pageSize: Math.min(1_000, Number(/odata\.maxpagesize=(\d+)/.exec(prefer)?.[1] ?? 10)),
  };
}

function json({ body }: GraphRequest): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    throw new GraphError(400, 'BadRequest', 'Unable to read JSON request payload.');
  }
}

function need({ claims }: GraphRequest, ...permissions: string[]): void {
  if (!grants(claims, permissions)) throw accessDenied();
}

function accountOf({ accounts }: House, { claims }: GraphRequest, segments: string[]): Account {
  const [first = '', name = ''] = segments;
  if (first === 'me') {
    if (claims.roles) {
      throw new GraphError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
    }
    throw new GraphError(501, 'NotImplemented', 'The emulator knows delegated mailboxes by their address only.');
  }
  const account = accounts.get(decodeURIComponent(name).toLowerCase());
  if (account === undefined) throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${name}' is invalid.`);
  if (claims.upn !== undefined && claims.upn.toLowerCase() !== account.user) throw accessDenied();
  if (!account.inCloud) {
    throw new GraphError(
      404,
      'MailboxNotEnabledForRESTAPI',
      'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    );
  }
  if (!account.allowed) {
    throw new GraphError(403, 'ErrorAccessDenied', 'Access to OData is disabled: [RAOP] : Blocked by tenant policy.');
  }
  return account;
}

/** Answers one request, or throws the GraphError that Graph documents for it. */
export async function answer(house: House, request: GraphRequest): Promise<GraphAnswer> {
  const [version, ...segments] = request.url.pathname.split('/').filter(Boolean);
  if (version !== 'v1.0') throw new GraphError(404, 'ResourceNotFound', 'Resource not found for the segment.');
  if (segments[0] === 'subscriptions') return await onSubscriptions(house, request, segments.slice(1));
  const account = accountOf(house, request, segments);
  const [kind = '', id = '', ...rest] = segments.slice(2).map(decodeURIComponent);
  if (kind === 'mailFolders') return onFolders(house, request, account, id, rest);
  if (kind === 'messages') return onMessage(request, account, messageOf(account, id), rest[0] ?? '');
  if (kind === 'sendMail' && request.method === 'POST') {
    need(request, 'Mail.Send');
    if (!request.headers['content-type']?.startsWith('text/plain')) {
      throw new GraphError(415, 'UnsupportedMediaType', 'The emulator takes MIME alone.');
    }
    return sendMime(house.accounts, account, request.body, house.now());
  }
  throw new GraphError(404, 'ResourceNotFound', `Resource not found for the segment '${kind}'.`);
}

function onFolders(house: House, request: GraphRequest, account: Account, id: string, rest: string[]): GraphAnswer {
  need(request, 'Mail.Read', 'Mail.ReadWrite');
  const preferences = preferencesOf(request);
  if (id === '' || rest[0] === 'childFolders') {
    const parent = id === '' ? undefined : folderOf(account, id).id;
    const skip = Number(request.url.searchParams.get('$skip') ?? 0);
    const top = Number(request.url.searchParams.get('$top') ?? 10);
    const all = [...account.folders.values()].filter((folder) => folder.parent === parent);
    const next = new URL(request.url);
    next.searchParams.set('$skip', String(skip + top));
    return {
      status: 200,
      body: {
        value: all.slice(skip, skip + top).map((folder) => folderView(account, folder)),
        ...(all.length > skip + top && { '@odata.nextLink': next.href }),
      },
    };
  }
  const folder = folderOf(account, id);
  if (rest.length === 0) return { status: 200, body: folderView(account, folder) };
  if (rest[0] === 'messages' && rest[1] === 'delta') {
    return house.delta.answer({ account, folder, url: request.url, ...preferences });
  }
  if (rest[0] === 'messages' && rest.length === 1) return listMessages(request, account, folder);
  throw new GraphError(404, 'ResourceNotFound', 'Resource not found for the segment.');
}

function listMessages(request: GraphRequest, account: Account, folder: Folder): GraphAnswer {
  const query = request.url.searchParams;
  const filter = query.get('$filter');
  const [, time = ''] = /^receivedDateTime ge (\S+)$/.exec(filter ?? 'receivedDateTime ge 1970-01-01') ?? [];
  const since = Date.parse(time);
  if (Number.isNaN(since))
    throw new GraphError(400, 'ErrorInvalidUrlQuery', `The filter '${filter}' is not supported.`);
  const direction = query.get('$orderby') === 'receivedDateTime asc' ? 1 : -1;
  const top = Number(query.get('$top') ?? 10);
  const skip = Number(query.get('$skip') ?? 0);
  const found = [...account.messages.values()]
    .filter((message) => message.folder === folder.id && message.receivedAt >= since)
    .toSorted((a, b) => direction * (a.receivedAt - b.receivedAt));
  const next = new URL(request.url);
  next.searchParams.set('$skip', String(skip + top));
  const { immutable } = preferencesOf(request);
  return {
    status: 200,
    body: {
      value: found.slice(skip, skip + top).map((message) => messageView(message, immutable)),
      ...(found.length > skip + top && { '@odata.nextLink': next.href }),
    },
  };
}

function onMessage(request: GraphRequest, account: Account, message: StoredMessage, action: string): GraphAnswer {
  const { immutable } = preferencesOf(request);
  const { method } = request;
  if (method === 'GET') {
    need(request, 'Mail.Read', 'Mail.ReadWrite');
    if (action !== '$value') return { status: 200, body: messageView(message, immutable) };
    return {
      status: 200,
      body: message.mime,
      headers: { 'content-type': 'text/plain', 'content-length': String(message.mime.byteLength) },
    };
  }
  need(request, 'Mail.ReadWrite');
  if (method === 'PATCH' && action === '') {
    const { isRead } = Object(json(request));
    if (typeof isRead === 'boolean') markMessage(account, message, isRead);
    return { status: 200, body: messageView(message, immutable) };
  }
  if (method === 'POST' && action === 'move') {
    moveMessage(account, message, folderOf(account, String(Object(json(request)).destinationId)));
    return { status: 201, body: messageView(message, immutable) };
  }
  if (method === 'DELETE' && action === '') {
    moveMessage(account, message, folderOf(account, 'deleteditems'));
    return { status: 204 };
  }
  throw new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
}

async function onSubscriptions(house: House, request: GraphRequest, segments: string[]): Promise<GraphAnswer> {
  need(request, 'Mail.Read', 'Mail.ReadWrite');
  const { subscriptions } = house;
  const [id = '', action = ''] = segments;
  switch (`${request.method} ${id === '' ? '' : 'id'}${action && `/${action}`}`) {
    case 'POST ': {
      const created = await subscriptions.create(json(request), preferencesOf(request).immutable);
      return { status: 201, body: subscriptionView(created) };
    }
    case 'PATCH id':
      return { status: 200, body: subscriptionView(subscriptions.renew(id, json(request))) };
    case 'POST id/reauthorize':
      subscriptions.find(id);
      return { status: 204 };
    case 'GET id':
      return { status: 200, body: subscriptionView(subscriptions.find(id)) };
    case 'DELETE id':
      subscriptions.remove(id);
      return { status: 204 };
    default:
      throw new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
  }
}

function folderView(account: Account, folder: Folder): object {
  const here = [...account.messages.values()].filter((message) => message.folder === folder.id);
  return {
    id: folder.id,
    displayName: folder.name,
    parentFolderId: folder.parent ?? 'root',
    childFolderCount: [...account.folders.values()].filter(({ parent }) => parent === folder.id).length,
    totalItemCount: here.length,
    unreadItemCount: here.filter(({ isRead }) => !isRead).length,
  };
}

function messageView(message: StoredMessage, immutable: boolean): object {
  return {
    id: immutable ? message.immutableId : message.id,
    receivedDateTime: new Date(message.receivedAt).toISOString().replace(/\.\d+/, ''),
    subject: headerOf(message.mime, 'Subject'),
    isRead: message.isRead,
    parentFolderId: message.folder,
  };
}

function subscriptionView({ id, resource, changeType, notificationUrl, expiresAt }: Subscription): object {
  return { id, resource, changeType, notificationUrl, expirationDateTime: new Date(expiresAt).toISOString() };
}
