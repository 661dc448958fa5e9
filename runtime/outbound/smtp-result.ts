import { OperationalError, UserError } from '../../schemas/errors.ts';
import type { SendResult } from './sender.ts';
import type { SmtpError } from './smtp-error.ts';
import { isTokenLogin } from './smtp-login.ts';
import type { SmtpOutcome } from './smtp-session.ts';

/** Login wanted or refused (RFC 4954 section 6). */
const loginReplies = new Set([432, 530, 534, 535, 538]);

/** Replies that concern the server as a whole, not the mail: closing (421), TLS not available (RFC 3207 section 4). */
const unavailableReplies = new Set([421, 454]);

/** 4.7.x is policy (RFC 3463): rate limits and greylisting, which more mails at once only make worse. */
const slowDown = /^4\d\d[ -]4\.7\.\d/;

/** Exchange judges the sender only when it has the mail; it takes none from a sender that is not the account's. */
const sendAsDenied = /SendAsDenied/i;

/** 503, bad sequence of commands, says that the session was in disorder; a new one may well work. */
const badSequence = 503;

/** What an attempt over an open session says about the mail. */
export function resultOf(outcome: SmtpOutcome): SendResult {
  if ('response' in outcome) return { state: 'sent', response: oneLine(outcome.response) };
  const { error, finalDotSent } = outcome;
  const reason = oneLine(error.response ?? error.message);
  const reply = error.responseCode;
  if (reply !== undefined && reply >= 400 && reply < 600) {
    if (loginReplies.has(reply)) return { state: 'unavailable', reason, isLogin: true };
    if (unavailableReplies.has(reply)) return { state: 'unavailable', reason };
    if (reply < 500 || reply === badSequence) return { state: 'retry', reason, isSlowDown: slowDown.test(reason) };
    return { state: 'failed', reason, isSenderRefused: error.command === 'MAIL FROM' || sendAsDenied.test(reason) };
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

type Unavailable = Extract<SendResult, { state: 'unavailable' }>;

/** No session came about. Says what to look at, since this text is all that the page of mailboxes has to show. */
export function unavailable(error: SmtpError, server: string): Unavailable {
  const reason = oneLine(error.response ?? error.message);
  switch (stepOf(error)) {
    case 'Authorise':
      // The server was not asked yet: it is the provider's word. Only a person can mend what is a UserError.
      return { state: 'unavailable', reason, ...(error instanceof UserError && { isLogin: true }) };
    case 'Log in': {
      const shown = isTokenLogin(error.command) ? 'token' : 'user name or password';
      return { state: 'unavailable', isLogin: true, reason: `${server} refused the ${shown}: ${reason}` };
    }
    case 'Encryption':
      return { state: 'unavailable', reason: `No trusted TLS connection to ${server}: ${reason}` };
    case 'Connect':
      return { state: 'unavailable', reason: `${server} cannot be reached: ${reason}` };
  }
}

/** At which step on the way to a session it went wrong. */
export function stepOf(error: SmtpError): 'Authorise' | 'Connect' | 'Encryption' | 'Log in' {
  if (error.code === 'EAUTH' || error.code === 'ENOAUTH' || error.code === 'secret-unreadable') return 'Log in';
  if (error.code === 'tls-needed') return 'Encryption';
  if (error instanceof UserError || error instanceof OperationalError) return 'Authorise';
  return error.code === 'ETLS' || /certificate|self-signed|TLS/i.test(error.message) ? 'Encryption' : 'Connect';
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 1_000);
}
