import type { ServerResponse } from 'node:http';
import type { Topic } from '../../schemas/api/system.ts';
import { OperationalError } from '../../schemas/errors.ts';
import type { Services } from './services.ts';

/** Three a second for each topic: a mail storm must not make every open page fetch its lists hundreds of times a second. */
const shortestGapMs = 333;

/** Proxies close connections that are silent for 30 to 60 s. */
const heartbeatMs = 15_000;

/** Each browser holds one; without TLS, which sharing it needs, each of its windows that can be seen. */
const maxStreams = 500;

/** Beyond this the page is not reading any more. */
const maxUnreadBytes = 65_536;

/** A page asks for what it shows before its stream is open, on a slow way or a busy machine long before. */
const recentMs = 30_000;

/** Tells open pages what to fetch again. */
export interface Live {
  /** Tells what has changed lately, then what changes. Keeps the response open until the page leaves, `stillAllowed` says no, or the server closes. */
  open(response: ServerResponse, stillAllowed: () => Promise<boolean>): void;
  close(): void;
}

export function createLive({ topics, settings }: Pick<Services, 'topics' | 'settings'>): Live {
  const streams = new Map<ServerResponse, () => Promise<boolean>>();
  /** When each topic was last changed, by the clock of `performance`. */
  const changedAt = new Map<Topic, number>();
  const quiet = new Map<Topic, { timer: NodeJS.Timeout; again: boolean }>();

  function write(text: string): void {
    for (const response of streams.keys()) {
      if (response.writableLength > maxUnreadBytes) response.destroy();
      else response.write(text);
    }
  }

  function announce(topic: Topic): void {
    changedAt.set(topic, performance.now());
    const waiting = quiet.get(topic);
    if (waiting !== undefined) {
      waiting.again = true;
      return;
    }
    write(eventOf(topic));
    const timer = setTimeout(() => {
      const again = quiet.get(topic)?.again ?? false;
      quiet.delete(topic);
      if (again) announce(topic);
    }, shortestGapMs);
    quiet.set(topic, { timer, again: false });
  }

  function end(response: ServerResponse): void {
    streams.delete(response);
    response.end();
  }

  const subscriptions = [
    topics.onChange(announce),
    // Whatever changed in the settings, these are what pages show of them.
    settings.onChange(() => {
      announce('mailboxes');
      announce('queues');
      announce('lists');
      announce('schedules');
    }),
  ];
  const heartbeat = setInterval(() => {
    write(': alive\n\n');
    for (const [response, stillAllowed] of streams) {
      stillAllowed().then(
        (allowed) => allowed || end(response),
        () => end(response),
      );
    }
  }, heartbeatMs);
  heartbeat.unref();

  return {
    open(response, stillAllowed) {
      if (streams.size >= maxStreams) {
        throw new OperationalError('too-many-streams', 'Too many pages follow the changes live. Close some of them.');
      }
      streams.set(response, stillAllowed);
      response.on('close', () => streams.delete(response));
      response.on('error', () => streams.delete(response));
      const since = performance.now() - recentMs;
      const recent = [...changedAt].filter(([, at]) => at > since).map(([topic]) => eventOf(topic));
      response.write(`retry: 2000\n: Sluice tells here what to fetch again\n\n${recent.join('')}`);
    },
    close() {
      for (const unsubscribe of subscriptions) unsubscribe();
      clearInterval(heartbeat);
      for (const { timer } of quiet.values()) clearTimeout(timer);
      for (const response of [...streams.keys()]) end(response);
    },
  };
}

function eventOf(topic: Topic): string {
  return `event: change\ndata: ${JSON.stringify({ topic })}\n\n`;
}
