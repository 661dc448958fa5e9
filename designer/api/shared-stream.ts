import type { Topic } from '../../schemas/api/system.ts';
import { holdStream, type News, type OpenStream } from './stream.ts';

const name = 'sluice-live';

/** Said by a window that has just come, and the answer to it: what changed before may have passed it by. */
const question = 'who-is-there';
export type SharedNews = News | 'joined';

/**
 * One stream for all windows of a browser, which keeps six connections to one server at most: with a stream in each, a seventh window could load
 * nothing. The window that has the lock holds the stream and tells the others; when it leaves, the browser gives the lock to the next, whose
 * new stream begins with what changed lately. Where there are no locks, as on a page without TLS, each window holds its own.
 *
 * @returns ends it.
 */
export function shareStream(open: OpenStream, tell: (news: SharedNews) => void): () => void {
  if (!('locks' in navigator)) return holdStream(open, tell);
  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  let isOpen = false;
  let isHolder = false;

  const hold = () =>
    new Promise<void>((release) => {
      if (leaving.signal.aborted) return release();
      isHolder = true;
      const end = holdStream(open, (news) => {
        if (!isTopic(news)) isOpen = news === 'open';
        channel.postMessage(news);
        tell(news);
      });
      leaving.signal.addEventListener('abort', () => {
        end();
        release();
      });
    });

  channel.onmessage = ({ data }: MessageEvent<SharedNews | typeof question>) => {
    if (data !== question) {
      if (!isHolder) tell(data);
    } else if (isOpen) channel.postMessage('joined');
  };
  channel.postMessage(question);
  // It rejects only because this window leaves before its turn.
  navigator.locks.request(name, { signal: leaving.signal }, hold).catch(() => undefined);
  return () => {
    leaving.abort();
    channel.close();
  };
}

function isTopic(news: News): news is Topic {
  return news !== 'open' && news !== 'lost' && news !== 'refused';
}
