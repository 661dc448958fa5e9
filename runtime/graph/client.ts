import { randomUUID } from 'node:crypto';
import { OperationalError, UserError } from '../../schemas/errors.ts';
import type { DoorRequest, DoorResponse, HttpDoor } from '../egress/door.ts';
import { type BackoffLimits, pauseAfter } from '../mailboxes/backoff.ts';
import { createGate, type Gate, type GraphClock, systemClock } from './gate.ts';
import { GraphRefusal } from './refusal.ts';

/** Whose mailbox, where, and by which right. */
export interface GraphTarget {
  /** Origin of Graph, such as https://graph.microsoft.com. */
  baseUrl: string;
  /** Address or id. Never "me", which tokens of applications may not use. */
  user: string;
  /** A token that is valid now; a fresh one where the last was refused. Rejects in words of its own. */
  accessToken(force?: boolean): Promise<string>;
}

/** Times in milliseconds. */
export interface GraphPatience {
  quietMs: number;
  wholeMs: number;
  /** A call that Graph asks to wait longer than this for fails instead. */
  longestWaitMs: number;
  /** Between tries where Graph does not say how long. */
  retry: BackoffLimits;
}

interface GraphCall {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Behind `/v1.0/`, encoded; or a link that Graph gave, whole. */
  path: string;
  /** Preferences beside immutable ids. */
  prefer?: string;
  json?: object;
  /** In place of `json`. */
  text?: string;
  maxBytes?: number;
  cutsOff?: boolean;
  /** False: a second call would do it twice, so only what surely was not done is tried again. */
  isRepeatable?: boolean;
}

export interface GraphClient {
  /** Path of what belongs to the mailbox, such as `messages/…`. */
  readonly root: string;
  /**
   * Resolves with an answer of success. Rejects with a GraphRefusal, with what the door or the token's owner rejects with, with an
   * OperationalError `graph-throttled`, or with the signal's reason.
   */
  call(call: GraphCall): Promise<DoorResponse>;
  /** The answer as JSON. It comes from outside: whoever reads it checks each value. */
  read(call: GraphCall): Promise<Record<string, unknown>>;
}

/** Makes clients; those of one mailbox share what Graph grants to it. */
export interface Graph {
  client(target: GraphTarget, patience: GraphPatience, signal: AbortSignal): GraphClient;
}

/** What Graph serves at the same time for one application and mailbox. */
const concurrentCalls = 4;
const maxTries = 5;
const maxJsonBytes = 16 * 1_048_576;

export function createGraph({ door, clock = systemClock }: { door: HttpDoor; clock?: GraphClock }): Graph {
  const gates = new Map<string, Gate>();

  function gateOf({ baseUrl, user }: GraphTarget): Gate {
    const key = `${baseUrl} ${user.toLowerCase()}`;
    const gate = gates.get(key) ?? createGate(concurrentCalls, clock);
    gates.set(key, gate);
    return gate;
  }

  return {
    client(target, patience, signal) {
      const gate = gateOf(target);
      const base = `${new URL(target.baseUrl).origin}/v1.0/`;
      const { host } = new URL(base);

      /** The token goes to Graph alone, whatever a link says. */
      function urlOf(path: string): string {
        if (!path.includes('://')) return base + path;
        if (path.startsWith(base) && URL.canParse(path)) return path;
        throw new UserError('graph-foreign-link', `${host} sent a link that leads elsewhere; it is not followed.`);
      }

      function requestOf(call: GraphCall, token: string): DoorRequest {
        const body = call.json === undefined ? call.text : JSON.stringify(call.json);
        const media = call.json === undefined ? 'text/plain' : 'application/json';
        return {
          method: call.method ?? 'GET',
          url: urlOf(call.path),
          headers: {
            authorization: `Bearer ${token}`,
            prefer: ['IdType="ImmutableId"', call.prefer].filter(Boolean).join(', '),
            'client-request-id': randomUUID(),
            ...(body === undefined ? {} : { 'content-type': media }),
          },
          ...(body === undefined ? {} : { body }),
          timeoutMs: patience.wholeMs,
          quietMs: patience.quietMs,
          maxResponseBytes: call.maxBytes ?? maxJsonBytes,
          ...(call.cutsOff && { cutsOff: true }),
          signal,
        };
      }

      function hold(refusal: GraphRefusal, tries: number): void {
        const wait = refusal.retryAfterMs ?? pauseAfter(tries, patience.retry);
        gate.holdUntil(clock.now() + wait);
        if (wait > patience.longestWaitMs) throw throttled(host, wait, refusal);
      }

      async function call(given: GraphCall): Promise<DoorResponse> {
        let token = await target.accessToken();
        let isForced = false;
        for (let tries = 1; ; tries++) {
          if (gate.heldFor() > patience.longestWaitMs) throw throttled(host, gate.heldFor());
          const answer = await gate.run(() => door(requestOf(given, token)), signal);
          if (answer.status >= 200 && answer.status < 300) return answer;
          const refusal = new GraphRefusal(answer, clock.now());
          if (refusal.status === 401 && !isForced) {
            isForced = true;
            token = await target.accessToken(true);
          } else if (isPassing(refusal, given) && tries < maxTries) {
            hold(refusal, tries);
          } else {
            throw refusal;
          }
        }
      }

      return {
        root: `users/${encodeURIComponent(target.user)}`,
        call,
        async read(given) {
          const { body } = await call(given);
          try {
            return Object(JSON.parse(new TextDecoder().decode(body)));
          } catch (cause) {
            throw new OperationalError('graph-bad-answer', `${host} answered with something else than JSON.`, {
              cause,
            });
          }
        },
      };
    },
  };
}

/** 429 says that nothing was done; after a 5xx nobody knows. */
function isPassing({ status }: GraphRefusal, { isRepeatable = true }: GraphCall): boolean {
  return status === 429 || (isRepeatable && [500, 502, 503, 504].includes(status));
}

function throttled(host: string, waitMs: number, cause?: GraphRefusal): OperationalError {
  return new OperationalError(
    'graph-throttled',
    `${host} asks to wait for ${Math.ceil(waitMs / 1_000)} s: more was asked of this mailbox than Microsoft allows.`,
    { cause, data: { host, waitMs } },
  );
}
