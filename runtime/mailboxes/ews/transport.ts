import { Agent, errors, request } from 'undici';
import { OperationalError } from '../../../schemas/errors.ts';
import { ewsPath } from '../../../schemas/sources/ews.ts';
import type { ReadingTiming } from '../source-type.ts';
import type { EwsServer } from './server.ts';

export interface EwsAnswer {
  status: number;
  /** WWW-Authenticate, where there is one. */
  challenge: string;
  text: string;
}

export type EwsTiming = Pick<ReadingTiming, 'quietMs' | 'wholeMs'>;

/** One POST; rejects with the network's errors, or OperationalError `ews-timeout`, `response-too-large`. */
export interface Transport {
  post(body: string, headers: Record<string, string>, maxBytes: number): Promise<EwsAnswer>;
  close(): void;
}

/** Over TLS with the server's own certificate checked, a private authority included. No redirect is followed: it would be told the password. */
export function createTransport(server: EwsServer, timing: EwsTiming, signal: AbortSignal): Transport {
  const scheme = server.security === 'none' ? 'http' : 'https';
  const host = server.host.includes(':') ? `[${server.host}]` : server.host;
  const url = `${scheme}://${host}:${server.port}${server.path ?? ewsPath}`;
  const agent = new Agent({
    // Exchange counts connections per user; one call at a time is made.
    connections: 1,
    connect: { timeout: timing.quietMs, minVersion: 'TLSv1.2', ...(server.ca ? { ca: server.ca } : {}) },
    headersTimeout: timing.quietMs,
    bodyTimeout: timing.quietMs,
  });

  return {
    async post(body, headers, maxBytes) {
      const deadline = AbortSignal.timeout(timing.wholeMs);
      try {
        const response = await request(url, {
          dispatcher: agent,
          method: 'POST',
          headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml', ...headers },
          body,
          signal: AbortSignal.any([signal, deadline]),
        });
        const challenge = response.headers['www-authenticate'] ?? '';
        const chunks: Uint8Array[] = [];
        let size = 0;
        for await (const chunk of response.body) {
          size += chunk.byteLength;
          if (size > maxBytes) {
            response.body.destroy();
            throw new OperationalError('response-too-large', `${server.host} sent more than was asked for.`);
          }
          chunks.push(chunk);
        }
        return {
          status: response.statusCode,
          challenge: Array.isArray(challenge) ? challenge.join(', ') : challenge,
          text: Buffer.concat(chunks).toString('utf8'),
        };
      } catch (error) {
        if (signal.aborted) throw new OperationalError('stopped', 'The mailbox was stopped.');
        const isQuiet = error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
        if (!isQuiet && !deadline.aborted) throw error;
        throw new OperationalError(
          'ews-timeout',
          `${server.host} did not answer in time. The connection is given up and made anew.`,
          { cause: error },
        );
      }
    },
    close: () => void agent.destroy(),
  };
}
