import { hash, timingSafeEqual } from 'node:crypto';

/** One item of what Graph sends, checked for its shape alone: anybody may have sent it. */
export interface GraphNotification {
  clientState?: string;
  /** Id of the message, in the form that the subscription asked for. */
  messageId?: string;
  lifecycleEvent?: string;
}

/** Where Graph's calls come in, for whoever waits for them. */
export interface GraphNotifications {
  /** Where Graph reaches this server, by the key of the one who waits; undefined where the server has no public address. */
  urlFor(key: string): string | undefined;
  /** From now on the handshake is answered for the key, and its notifications are handed over. Returns what ends that. */
  listen(key: string, handle: (items: readonly GraphNotification[]) => void): () => void;
  isAwaited(key: string): boolean;
  /** Returns at once; nothing is lost where nobody listens, since the delta query is the truth. */
  take(key: string, items: readonly GraphNotification[]): void;
}

/** Path of the endpoint; the key follows. */
export const notificationsPath = '/api/graph/notifications';

export function createGraphNotifications(publicUrl: string | undefined): GraphNotifications {
  const listeners = new Map<string, (items: readonly GraphNotification[]) => void>();
  return {
    urlFor: (key) =>
      publicUrl === undefined
        ? undefined
        : `${new URL(publicUrl).origin}${notificationsPath}/${encodeURIComponent(key)}`,
    listen(key, handle) {
      listeners.set(key, handle);
      return () => {
        if (listeners.get(key) === handle) listeners.delete(key);
      };
    },
    isAwaited: (key) => listeners.has(key),
    take: (key, items) => listeners.get(key)?.(items),
  };
}

/** What is kept of a secret that only has to be known again: whoever reads it cannot speak in its name. */
export function secretHash(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Whether it is the secret of that hash; does not tell by its duration how much is right. */
export function isSecretOf(given: string | undefined, expectedHash: string): boolean {
  if (given === undefined) return false;
  // Both come to the same length.
  return timingSafeEqual(hash('sha256', secretHash(given), 'buffer'), hash('sha256', expectedHash, 'buffer'));
}
