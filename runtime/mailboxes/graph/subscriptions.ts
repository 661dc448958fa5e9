import { randomBytes } from 'node:crypto';
import { coerceError } from '../../../schemas/errors.ts';
import type { GraphClient } from '../../graph/client.ts';
import { type GraphNotification, type GraphNotifications, isSecretOf, secretHash } from '../../graph/notifications.ts';
import { GraphRefusal } from '../../graph/refusal.ts';
import { pauseAfter } from '../backoff.ts';
import type { SourceContext } from '../source.ts';

/** One folder that Graph tells of. */
interface Subscription {
  id: string;
  folderId: string;
  url: string;
  /** Of the state that proves that a notification comes from whom it was given to. */
  stateHash: string;
  createdAt: number;
  /** Milliseconds. */
  expiresAt: number;
}

export interface Subscriptions {
  /** Brings what Graph tells of in step with the folders that are read; never rejects: mail comes by the poll, too. */
  tend(client: GraphClient, folderIds: readonly string[]): Promise<void>;
  /** Whose word a notification is, and what it asks for; null where it is a stranger's. */
  judge(notification: GraphNotification): 'look' | 'renew' | null;
  /** Why Graph tells of nothing; undefined where it does, or is not asked to. */
  problem(): { code: string; message: string } | undefined;
}

/** Where the subscriptions are kept among the cursors: no folder has this name. */
const storedAs = ':subscriptions';
/** Microsoft grants 4,230 minutes, by its own clock, and has granted other figures: this stays well below. */
const usualLifeMs = 60 * 3_600_000;
const shortestLifeMs = 3_600_000;
const retry = { firstMs: 10 * 60_000, longestMs: 6 * 3_600_000 };

/** Keeps one subscription for each folder. `now` in milliseconds. */
export function createSubscriptions(
  context: Pick<SourceContext, 'mailbox' | 'accept' | 'loadCursor' | 'log'>,
  notifications: Pick<GraphNotifications, 'urlFor'>,
  now: () => number,
): Subscriptions {
  const { mailbox, log } = context;
  const url = notifications.urlFor(mailbox.id);
  /** Graph may send before it has answered the call that creates: the state counts from the moment when it is made. */
  const underWay = new Set<string>();
  let known: Subscription[] | undefined;
  let life = usualLifeMs;
  let isToRenew = true;
  let failures = 0;
  let notBefore = 0;
  let problem: { code: string; message: string } | undefined;

  async function load(): Promise<Subscription[]> {
    if (known !== undefined) return known;
    const stored = await context.loadCursor(storedAs);
    // Ours since it was written; what does not read any more is made anew.
    const all = stored === undefined ? [] : (JSON.parse(stored) as (Subscription & { clientState?: string })[]);
    // The state itself was kept once; the next change takes it away.
    known = all
      .filter((each) => each.url === url)
      .map(({ clientState, ...each }) => (clientState ? { ...each, stateHash: secretHash(clientState) } : each));
    return known;
  }

  async function save(next: Subscription[]): Promise<void> {
    known = next;
    await context.accept([], { folder: storedAs, value: JSON.stringify(next) });
  }

  async function create(client: GraphClient, folderId: string, address: string): Promise<Subscription> {
    const clientState = randomBytes(32).toString('base64url');
    const stateHash = secretHash(clientState);
    const createdAt = now();
    underWay.add(stateHash);
    try {
      const made = await client.read({
        method: 'POST',
        path: 'subscriptions',
        isRepeatable: false,
        json: {
          changeType: 'created',
          resource: `${client.root}/mailFolders/${encodeURIComponent(folderId)}/messages`,
          notificationUrl: address,
          lifecycleNotificationUrl: address,
          expirationDateTime: new Date(createdAt + life).toISOString(),
          clientState,
        },
      });
      return {
        id: String(made.id),
        folderId,
        url: address,
        stateHash,
        createdAt,
        expiresAt: timeOf(made.expirationDateTime, createdAt + life),
      };
    } finally {
      underWay.delete(stateHash);
    }
  }

  /** Null where it does not exist any more. */
  async function renew(client: GraphClient, subscription: Subscription): Promise<Subscription | null> {
    const createdAt = now();
    try {
      const renewed = await client.read({
        method: 'PATCH',
        path: `subscriptions/${encodeURIComponent(subscription.id)}`,
        json: { expirationDateTime: new Date(createdAt + life).toISOString() },
      });
      return { ...subscription, createdAt, expiresAt: timeOf(renewed.expirationDateTime, createdAt + life) };
    } catch (error) {
      if (error instanceof GraphRefusal && error.status === 404) return null;
      throw error;
    }
  }

  /** Half of its life is over, or somebody asked for it. */
  const isDue = ({ createdAt, expiresAt }: Subscription) =>
    isToRenew || now() >= createdAt + (expiresAt - createdAt) / 2;

  async function align(client: GraphClient, folderIds: readonly string[], address: string): Promise<void> {
    const before = await load();
    const next: Subscription[] = [];
    for (const folderId of folderIds) {
      const present = before.find((each) => each.folderId === folderId && each.expiresAt > now());
      const kept = present && isDue(present) ? await renew(client, present) : present;
      next.push(kept ?? (await create(client, folderId, address)));
    }
    isToRenew = false;
    const isChanged = next.length !== before.length || next.some((each) => !before.includes(each));
    if (isChanged) await save(next);
    else known = next;
  }

  const subscriptions: Subscriptions = {
    problem: () => problem,
    async tend(client, folderIds) {
      if (url === undefined || now() < notBefore) return;
      try {
        await align(client, folderIds, url);
        failures = 0;
        problem = undefined;
      } catch (thrown) {
        const error = coerceError(thrown);
        if (error instanceof GraphRefusal && error.status === 400 && life > shortestLifeMs && isAboutLife(error)) {
          life = Math.max(shortestLifeMs, Math.floor(life / 2));
          return await subscriptions.tend(client, folderIds);
        }
        failures += 1;
        notBefore = now() + pauseAfter(failures, retry);
        const message = `Microsoft cannot tell of new mail at once, so it is looked for every ${mailbox.pollSeconds} s: ${error.message}`;
        problem = { code: 'graph-no-notifications', message };
        log.warn({ url, failures, error: error.message }, 'Microsoft Graph does not tell of new mail; polling goes on');
      }
    },
    judge({ clientState, lifecycleEvent }) {
      const states = [...(known ?? []).map((each) => each.stateHash), ...underWay];
      // All are compared, so that the time tells nothing.
      const isOurs = states.filter((expected) => isSecretOf(clientState, expected)).length > 0;
      if (!isOurs) return null;
      if (lifecycleEvent === undefined || lifecycleEvent === 'missed') return 'look';
      isToRenew = true;
      notBefore = 0;
      return lifecycleEvent === 'subscriptionRemoved' ? 'look' : 'renew';
    },
  };
  return subscriptions;
}

function isAboutLife({ said }: GraphRefusal): boolean {
  return /expir/i.test(said);
}

function timeOf(value: unknown, otherwise: number): number {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? otherwise : time;
}
