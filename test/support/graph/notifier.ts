import type { Account, Folder, StoredMessage } from './accounts.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';

type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

export interface Notifier {
  /** So many of the next notifications get lost. */
  losing: number;
  /** Status codes of what was delivered, in order; 0 where nobody answered. */
  readonly answers: number[];
  created(account: Account, folder: Folder, message: StoredMessage): void;
  lifecycle(subscription: Subscription, event: LifecycleEvent): void;
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void>;
  stop(): void;
}

/** How long Graph waits for an answer before it counts as none. */
const patienceMs = 3_000;
const maxTries = 5;

export function createNotifier(deps: {
  subscriptions: Pick<Subscriptions, 'all'>;
  now(): number;
  retryMs: number;
}): Notifier {
  const underWay = new Set<Promise<void>>();
  const stopped = new AbortController();

  async function deliver(url: string, items: object[]): Promise<void> {
    for (let tries = 1; tries <= maxTries && !stopped.signal.aborted; tries++) {
      const status = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ value: items }),
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(patienceMs)]),
      }).then(
        (response) => response.status,
        () => 0,
      );
      notifier.answers.push(status);
      if (status >= 200 && status < 300) return;
      await new Promise((resolve) => setTimeout(resolve, deps.retryMs));
    }
  }

  function send(url: string, item: object): void {
    const sending: Promise<void> = deliver(url, [item]).finally(() => underWay.delete(sending));
    underWay.add(sending);
  }

  const common = (subscription: Subscription) => ({
    subscriptionId: subscription.id,
    subscriptionExpirationDateTime: new Date(subscription.expiresAt).toISOString(),
    tenantId: '84bd8158-6d4d-4958-8b9f-9d6445542f95',
    ...(subscription.clientState !== undefined && { clientState: subscription.clientState }),
  });

  const notifier: Notifier = {
    losing: 0,
    answers: [],
    created(account, folder, message) {
      for (const subscription of deps.subscriptions.all.values()) {
        const isFolder = [folder.id, folder.wellKnown].includes(subscription.folder);
        if (subscription.user !== account.user || !isFolder || subscription.expiresAt <= deps.now()) continue;
        if (!subscription.changeType.includes('created')) continue;
        if (notifier.losing > 0) {
          notifier.losing -= 1;
          continue;
        }
        const id = subscription.immutable ? message.immutableId : message.id;
        const resource = `Users/${account.user}/Messages/${id}`;
        send(subscription.notificationUrl, {
          ...common(subscription),
          changeType: 'created',
          resource,
          resourceData: {
            '@odata.type': '#Microsoft.Graph.Message',
            '@odata.id': resource,
            '@odata.etag': 'W/"x"',
            id,
          },
        });
      }
    },
    lifecycle(subscription, event) {
      if (subscription.lifecycleNotificationUrl === undefined) return;
      send(subscription.lifecycleNotificationUrl, { ...common(subscription), lifecycleEvent: event });
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop: () => stopped.abort(),
  };
  return notifier;
}
