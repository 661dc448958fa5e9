import type { SendResult } from './sender.ts';
import type { SmtpError, SmtpOutcome } from './smtp-session.ts';

/**
 * Replies that concern our account or the server as a whole, not the mail: closing (421), login wanted or refused
 * (RFC 4954 section 6), TLS wanted (RFC 3207 section 4).
 */
const unavailableReplies = new Set([421, 432, 454, 530, 534, 535, 538]);

/** 503, bad sequence of commands, says that the session was in disorder; a new one may well work. */
const badSequence = 503;

/** What an attempt over an open session says about the mail. */
export function resultOf(outcome: SmtpOutcome): SendResult {
  if ('response' in outcome) return { state: 'sent', response: oneLine(outcome.response) };
  const { error, finalDotSent } = outcome;
  const reason = oneLine(error.response ?? error.message);
  const reply = error.responseCode;
  if (reply !== undefined && reply >= 400 && reply < 600) {
    if (unavailableReplies.has(reply)) return { state: 'unavailable', reason };
    return { state: reply >= 500 && reply !== badSequence ? 'failed' : 'retry', reason };
  }
  if (finalDotSent) {
    return {
      state: 'uncertain',
      reason: `The connection broke after the mail and before the server's answer, so it may or may not have arrived: ${reason}`,
    };
  }
  // Refused by nodemailer itself: an address or a size that this server says beforehand it cannot take.
  if (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') return { state: 'failed', reason };
  return { state: 'retry', reason };
}

/** No session came about. Says what to look at, since this text is all that the settings page has to show. */
export function unavailable(error: SmtpError, server: string): SendResult {
  const reason = oneLine(error.response ?? error.message);
  if (error.code === 'EAUTH' || error.code === 'ENOAUTH') {
    return { state: 'unavailable', reason: `${server} refused the user name or password: ${reason}` };
  }
  if (error.code === 'ETLS' || /certificate|self-signed|TLS/i.test(error.message)) {
    return { state: 'unavailable', reason: `No trusted TLS connection to ${server}: ${reason}` };
  }
  return { state: 'unavailable', reason: `${server} cannot be reached: ${reason}` };
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 1_000);
}
