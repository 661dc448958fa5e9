import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent, Topic } from '../../schemas/api/system.ts';
import { sessionKey } from './session.ts';

export type LiveState = 'connecting' | 'live' | 'reconnecting';

export interface Live {
  state(): LiveState;
  subscribe(listener: () => void): () => void;
  close(): void;
}

const topics: readonly Topic[] = [
  'interactions',
  'queues',
  'outbox',
  'ledger',
  'mailboxes',
  'flows',
  'traffic',
  'lists',
  'schedules',
  'authorisations',
  'alarms',
];

/** A burst of mails makes hundreds of events a second: what is shown is fetched again at most this often. */
const gatherMs = 300;
const firstRetryMs = 1_000;
const lastRetryMs = 15_000;

/** The browser's tab, as far as it matters here: `document`. */
export type Tab = Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;

/**
 * Listens to `/api/events` and marks the queries of each topic as stale; the server begins with what changed while the page was loaded.
 * Events that a lost connection missed are made good by marking every topic on each reconnection. A hidden tab lets its connection go: browsers keep six to one server at
 * most, and with six tabs open none would be left for anything else.
 */
export function createLive(
  client: QueryClient,
  open = () => new EventSource('/api/events'),
  tab: Tab = document,
): Live {
  const listeners = new Set<() => void>();
  const waiting = new Set<Topic>();
  let state: LiveState = 'connecting';
  let source: EventSource | null = null;
  let gatherTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = firstRetryMs;
  let wasLost = false;

  const become = (next: LiveState) => {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const invalidate = (changed: Iterable<Topic>) => {
    for (const topic of changed) waiting.add(topic);
    gatherTimer ??= setTimeout(() => {
      gatherTimer = undefined;
      for (const topic of waiting) void client.invalidateQueries({ queryKey: [topic] });
      waiting.clear();
    }, gatherMs);
  };
  const disconnect = () => {
    source?.close();
    source = null;
    clearTimeout(retryTimer);
  };
  const connect = () => {
    const opened = open();
    source = opened;
    opened.onopen = () => {
      retryMs = firstRetryMs;
      if (wasLost) invalidate(topics);
      become('live');
    };
    opened.addEventListener('change', (message) => {
      const topic = readTopic(message.data);
      if (topic) invalidate([topic]);
    });
    opened.onerror = () => {
      wasLost = true;
      become('reconnecting');
      // The browser retries a dropped connection by itself, but gives up for good on an error status.
      if (opened.readyState !== opened.CLOSED) return;
      opened.close();
      // It may have ended because the session did: then this leads to the sign-in page.
      void client.invalidateQueries({ queryKey: sessionKey });
      retryTimer = setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    };
  };

  const followTab = () => {
    if (tab.hidden) {
      disconnect();
      wasLost = true;
    } else if (source === null) connect();
  };

  tab.addEventListener('visibilitychange', followTab);
  followTab();
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      tab.removeEventListener('visibilitychange', followTab);
      disconnect();
      clearTimeout(gatherTimer);
      listeners.clear();
    },
  };
}

function readTopic(data: unknown): Topic | null {
  if (typeof data !== 'string') return null;
  try {
    // Our own server's contract (schemas/api/system.ts); a topic unknown to this page matches no query and does no harm.
    const event = JSON.parse(data) as LiveEvent;
    return topics.includes(event.topic) ? event.topic : null;
  } catch {
    return null;
  }
}
