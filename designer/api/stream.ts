import type { LiveEvent, Topic } from '../../schemas/api/system.ts';

/** What a stream tells: how it stands, or what has changed. */
export type News = 'open' | 'lost' | 'refused' | Topic;

export type OpenStream = () => EventSource;

const firstRetryMs = 1_000;
const lastRetryMs = 15_000;

/** Listens to the server's events until it is ended, whatever becomes of the connection. */
export function holdStream(open: OpenStream, tell: (news: News) => void): () => void {
  let source: EventSource | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = firstRetryMs;

  const connect = () => {
    const opened = open();
    source = opened;
    opened.onopen = () => {
      retryMs = firstRetryMs;
      tell('open');
    };
    opened.addEventListener('change', (message) => {
      const topic = readTopic(message.data);
      if (topic !== null) tell(topic);
    });
    opened.onerror = () => {
      tell('lost');
      // The browser retries a dropped connection by itself, but gives up for good on an error status.
      if (opened.readyState !== opened.CLOSED) return;
      opened.close();
      tell('refused');
      retryTimer = setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    };
  };

  connect();
  return () => {
    source?.close();
    clearTimeout(retryTimer);
  };
}

function readTopic(data: unknown): Topic | null {
  if (typeof data !== 'string') return null;
  try {
    // Our own server's contract (schemas/api/system.ts); a topic unknown to this page matches no query and does no harm.
    return (JSON.parse(data) as LiveEvent).topic;
  } catch {
    return null;
  }
}
