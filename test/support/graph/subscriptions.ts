import { randomUUID } from 'node:crypto';
import { GraphError } from './graph-answer.ts';

export interface Subscription {
  id: string;
  changeType: string;
  resource: string;
  /** Of the resource, once understood. */
  user: string;
  folder: string;
  notificationUrl: string;
  lifecycleNotificationUrl: string | undefined;
  /** Milliseconds. */
  expiresAt: number;
  clientState: string | undefined;
  immutable: boolean;
}

const longestMinutes = 4_230;

export interface Subscriptions {
  readonly all: ReadonlyMap<string, Subscription>;
  /** Validates both addresses by the handshake before anything is stored. */
  create(body: unknown, immutable: boolean): Promise<Subscription>;
  renew(id: string, body: unknown): Subscription;
  find(id: string): Subscription;
  remove(id: string): void;
}

export function createSubscriptions(deps: {
  now(): number;
  handshakeMs: number;
  longestMinutes?: number;
}): Subscriptions {
  const all = new Map<string, Subscription>();
  const invalid = (message: string) => new GraphError(400, 'InvalidRequest', message);

  function expiry(value: unknown): number {
    const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(at) || at <= deps.now()) throw invalid('Expiration time is in the past or missing.');
    const longest = deps.longestMinutes ?? longestMinutes;
    if (at - deps.now() > longest * 60_000) {
      throw new GraphError(
        400,
        'ExtensionError',
        `Subscription expiration can only be ${longest} minutes in the future.`,
      );
    }
    return at;
  }

  function find(id: string): Subscription {
    const found = all.get(id);
    if (found === undefined || found.expiresAt <= deps.now()) {
      all.delete(id);
      throw new GraphError(404, 'ResourceNotFound', 'The object was not found.');
    }
    return found;
  }

  return {
    all,
    find,
    async create(body, immutable) {
      const { changeType, resource, notificationUrl, lifecycleNotificationUrl, clientState, expirationDateTime } =
        Object(body);
      if (
        typeof changeType !== 'string' ||
        !/^(created|updated|deleted)(,(created|updated|deleted))*$/.test(changeType)
      )
        throw invalid('changeType is not valid.');
      const [, user, folder] =
        /^\/?users\/([^/]+)\/mailFolders(?:\/([^/(]+)|\('([^']+)'\))\/messages$/i
          .exec(String(resource))
          ?.filter(Boolean) ?? [];
      if (user === undefined || folder === undefined) throw invalid(`The resource ${resource} is not supported.`);
      if (clientState !== undefined && String(clientState).length > 128) throw invalid('clientState is too long.');
      const expiresAt = expiry(expirationDateTime);
      for (const url of [notificationUrl, lifecycleNotificationUrl]) {
        if (url !== undefined) await handshake(String(url), deps.handshakeMs);
      }
      const subscription: Subscription = {
        id: randomUUID(),
        changeType,
        resource: String(resource),
        user: decodeURIComponent(user).toLowerCase(),
        folder: decodeURIComponent(folder),
        notificationUrl: String(notificationUrl),
        lifecycleNotificationUrl: lifecycleNotificationUrl === undefined ? undefined : String(lifecycleNotificationUrl),
        expiresAt,
        clientState: clientState === undefined ? undefined : String(clientState),
        immutable,
      };
      all.set(subscription.id, subscription);
      return subscription;
    },
    renew(id, body) {
      const subscription = find(id);
      const { expirationDateTime } = Object(body);
      if (expirationDateTime !== undefined) subscription.expiresAt = expiry(expirationDateTime);
      return subscription;
    },
    remove(id) {
      find(id);
      all.delete(id);
    },
  };
}

/** The token has to come back decoded, as text, in time. */
async function handshake(address: string, withinMs: number): Promise<void> {
  const refuse = (why: string) =>
    new GraphError(400, 'ValidationError', `Subscription validation request failed. ${why}`);
  const token = `Validation: Testing client application reachability for <subscription> & "${randomUUID()}" 100% +é`;
  const url = new URL(address);
  // The first form of encoding has + for spaces, the second %20: Microsoft has used both.
  const query = `validationToken=${encodeURIComponent(token).replaceAll('%20', '+')}`;
  const response = await fetch(`${url}${url.search === '' ? '?' : '&'}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: '',
    redirect: 'manual',
    signal: AbortSignal.timeout(withinMs),
  }).catch(() => {
    throw refuse('The request to the endpoint timed out or failed.');
  });
  const text = await response.text();
  if (response.status !== 200) throw refuse(`Response status code was ${response.status}; it must be 200.`);
  if (!response.headers.get('content-type')?.startsWith('text/plain')) throw refuse('The answer must be text/plain.');
  if (text !== token) throw refuse('The answer must be the validation token, decoded.');
}
