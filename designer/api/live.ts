import type { QueryClient } from '@tanstack/react-query';
import type { Topic } from '../../schemas/api/system.ts';
import { sessionKey } from './session.ts';
import { type SharedNews, shareStream } from './shared-stream.ts';

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

/** The browser's tab, as far as it matters here: `document`. */
export type Tab = Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;

/**
 * Listens to `/api/events` and marks the queries of each topic as stale; the server begins with what changed while the page was loaded.
 * What a lost connection missed is made good by marking every topic on each reconnection. A hidden tab listens to nothing.
 */
export function createLive(
  client: QueryClient,
  open = () => new EventSource('/api/events'),
  tab: Tab = document,
): Live {
  const listeners = new Set<() => void>();
  const waiting = new Set<Topic>();
  let state: LiveState = 'connecting';
  let leave: (() => void) | null = null;
  let gatherTimer: ReturnType<typeof setTimeout> | undefined;
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
  const hear = (news: SharedNews) => {
    if (news === 'open' || news === 'joined') {
      if (wasLost || (news === 'joined' && state !== 'live')) invalidate(topics);
      wasLost = false;
      become('live');
    } else if (news === 'lost') {
      wasLost = true;
      become('reconnecting');
    } else if (news === 'refused') {
      // It may have ended because the session did: then this leads to the sign-in page.
      void client.invalidateQueries({ queryKey: sessionKey });
    } else if (topics.includes(news)) invalidate([news]);
  };

  const followTab = () => {
    if (tab.hidden) {
      leave?.();
      leave = null;
      wasLost = true;
    } else leave ??= shareStream(open, hear);
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
      leave?.();
      clearTimeout(gatherTimer);
      listeners.clear();
    },
  };
}
