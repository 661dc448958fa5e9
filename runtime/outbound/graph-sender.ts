import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import type { Graph, GraphPatience, GraphTarget } from '../graph/client.ts';
import { explainGraph } from '../graph/explain-refusal.ts';
import { GraphRefusal } from '../graph/refusal.ts';
import { onlyTo } from './only-to.ts';
import type { Sender, SendResult } from './sender.ts';

const patience: GraphPatience = {
  quietMs: 60_000,
  wholeMs: 5 * 60_000,
  longestWaitMs: 30_000,
  retry: { firstMs: 1_000, longestMs: 10_000 },
};

/** Graph takes 4 MB at once, and base64 makes a mail a third larger. */
const maxGraphMailBytes = 3 * 1_048_576;

/** Nothing had been said yet when the connection failed. */
const neverConnected =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|_CERT|ERR_TLS/;

/**
 * Sends by Microsoft Graph, in MIME form: every header stays as it is, the Message-ID too, and a copy stays in Sent Items. Graph knows no
 * envelope: the sender hears of it when a mail cannot be delivered, and recipients are those of the headers.
 */
export function createGraphSender({ graph, target }: { graph: Graph; target: GraphTarget }): Sender {
  return {
    async send({ envelope, raw }, signal) {
      if (raw.byteLength > maxGraphMailBytes) return tooLarge(raw.byteLength);
      const client = graph.client(target, patience, signal);
      try {
        const { headers } = await client.call({
          method: 'POST',
          path: `${client.root}/sendMail`,
          text: Buffer.from(onlyTo(raw, envelope.to)).toString('base64'),
          isRepeatable: false,
        });
        return {
          state: 'sent',
          response: `Accepted by Microsoft Graph, request ${headers['request-id'] ?? 'unnamed'}`,
        };
      } catch (thrown) {
        return resultOf(thrown, target, signal);
      }
    },
    close: async () => {},
  };
}

function resultOf(thrown: unknown, target: GraphTarget, signal: AbortSignal): SendResult {
  const { message: reason, code } = explainGraph(thrown, target);
  if (thrown instanceof GraphRefusal) return refused(thrown, reason);
  if (signal.aborted) return uncertain('Sending was broken off');
  if (code === 'graph-throttled') return { state: 'retry', reason, isSlowDown: true };
  if (thrown instanceof UserError) return { state: 'unavailable', reason, isLogin: true };
  const { cause } = coerceError(thrown);
  const isFromHttp = thrown instanceof OperationalError && /^http-/.test(thrown.code);
  if (!isFromHttp || neverConnected.test(codesOf(cause))) return { state: 'unavailable', reason };
  return uncertain(reason);
}

function refused({ status, code }: GraphRefusal, reason: string): SendResult {
  if (code === 'ErrorSendAsDenied') return { state: 'failed', reason };
  if (status === 413 || code === 'ErrorMessageSizeExceeded') return { state: 'failed', reason };
  if (status === 429 || status === 503) return { state: 'retry', reason, isSlowDown: true };
  if (status >= 500) return uncertain(reason);
  // The application, its right, or the mailbox as a whole: says nothing about this mail.
  if ([401, 403, 404].includes(status)) return { state: 'unavailable', reason, isLogin: true };
  return { state: 'failed', reason };
}

function uncertain(reason: string): SendResult {
  return {
    state: 'uncertain',
    reason: `Microsoft Graph gave no clear answer, so the mail may or may not have left: ${reason}`,
  };
}

function tooLarge(bytes: number): SendResult {
  const size = (bytes / 1_048_576).toFixed(1);
  const reason = `This mail has ${size} MB; Microsoft Graph takes 3 MB in one call. Send it through an SMTP mailbox.`;
  return { state: 'failed', reason };
}

/** An error of several addresses, or of one, and what lies beneath. */
function codesOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const inner = error instanceof AggregateError ? error.errors.map(codesOf).join(' ') : '';
  return `${Reflect.get(error, 'code') ?? ''} ${inner} ${codesOf(error.cause)}`;
}
