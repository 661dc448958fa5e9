import type { Evidence } from '../../schemas/email.ts';
import { headerValue } from './headers.ts';
import type { MailContext } from './mail-context.ts';
import { isOwnMessageId } from './message-id.ts';
import { evidence, keyword, localPart, type MailFacts } from './verdict.ts';

/** Mailboxes that a machine reads, or nobody (RFC 3834 section 2, RFC 2142, and the many spellings of no-reply). */
const machineMailbox =
  /^(mailer-daemon|postmaster|mail-?daemon|daemon|bounces?([-+=._].*)?|owner-.*|.*-(request|owner|bounces?)|listserv|majordomo|mailman|(.*[-._+])?(no|not|never|donot|do-not|do_not|do\.not|dont|don-t|nicht)[-._]?(reply|replay|respond|answer|antworten)([-._+].*)?|autoresponder|auto-?reply|nobody)$/;

/**
 * Every reason why no automatic answer may go to the sender of this mail; none means that it may.
 * All reasons are given, not the first: a person who clears one must see the next.
 */
export function judgeMayAutoRespond(
  facts: MailFacts,
  verdicts: { isAutoReply: boolean; isBounce: boolean; isList: boolean },
  context: MailContext,
): Evidence[] {
  return [...bySender(facts, context), ...byWish(facts), ...byVerdict(verdicts, facts)];
}

function bySender(facts: MailFacts, { own }: MailContext): Evidence[] {
  const found: Evidence[] = [];
  const no = (header: string, value: string, reason: string) =>
    found.push(evidence('mayAutoRespond', header, value, reason));
  const { address } = facts.from;
  if (facts.envelopeFrom === '') no('envelope', '<>', 'the null sender must never be answered (RFC 3834 section 2)');
  if (!isUsable(address)) no('from', headerValue(facts.headers, 'from'), 'there is no address to answer to');
  for (const [header, candidate] of [
    ['from', address],
    ['envelope', facts.envelopeFrom ?? ''],
    ['reply-to', headerValue(facts.headers, 'reply-to')],
  ] as const) {
    if (candidate === '') continue;
    const bare = bareAddress(candidate);
    if (machineMailbox.test(localPart(bare))) no(header, candidate, 'nobody reads answers at this address');
    if (own.addresses.some((mine) => mine.toLowerCase() === bare.toLowerCase()))
      no(header, candidate, 'is one of our own addresses');
  }
  if (isOwnMessageId(facts.messageId, own.installation))
    no('message-id', facts.messageId, 'this mail was sent by ourselves');
  return found;
}

/** What the sender, or the software in between, asks for. */
function byWish({ headers }: MailFacts): Evidence[] {
  const found: Evidence[] = [];
  const precedence = keyword(headers, 'precedence');
  if (/^(bulk|list|junk|auto_reply)$/.test(precedence)) {
    found.push(evidence('mayAutoRespond', 'precedence', precedence, 'says that nobody waits for an answer'));
  }
  const suppress = headerValue(headers, 'x-auto-response-suppress');
  // MS-OXCMAIL 2.1.3.2.20: a comma-separated list; DR, NDR, RN and NRN speak of receipts only.
  const wishes = suppress.toLowerCase().split(/[\s,;]+/);
  if (wishes.some((wish) => wish === 'all' || wish === 'autoreply' || wish === 'oof')) {
    found.push(
      evidence('mayAutoRespond', 'x-auto-response-suppress', suppress, 'asks not to be answered automatically'),
    );
  }
  const loop = headerValue(headers, 'x-loop');
  if (loop) found.push(evidence('mayAutoRespond', 'x-loop', loop, 'has been through an answering machine before'));
  return found;
}

function byVerdict(
  verdicts: { isAutoReply: boolean; isBounce: boolean; isList: boolean },
  facts: MailFacts,
): Evidence[] {
  const found: Evidence[] = [];
  const subject = facts.subject;
  if (verdicts.isAutoReply) found.push(evidence('mayAutoRespond', 'subject', subject, 'is itself an automatic reply'));
  if (verdicts.isBounce) found.push(evidence('mayAutoRespond', 'subject', subject, 'is a bounce'));
  if (verdicts.isList) found.push(evidence('mayAutoRespond', 'subject', subject, 'came through a mailing list'));
  if (/^\s*multipart\/report\b/i.test(headerValue(facts.headers, 'content-type'))) {
    found.push(evidence('mayAutoRespond', 'content-type', 'multipart/report', 'is a report that a machine wrote'));
  }
  if (calendarAnswers.has(facts.calendarMethod)) {
    const value = `text/calendar; method=${facts.calendarMethod}`;
    found.push(evidence('mayAutoRespond', 'content-type', value, 'a calendar program wrote it, as an answer'));
  }
  return found;
}

/** What calendar programs send by themselves once a person has clicked (RFC 5546): there is nobody to read an answer. */
const calendarAnswers = new Set(['REPLY', 'COUNTER', 'DECLINECOUNTER', 'REFRESH']);

/** One @, no blanks, a domain: what an SMTP server would take without surprise. */
function isUsable(address: string): boolean {
  return /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address) || /^"[^"\r\n]+"@[^\s@<>,;]+$/.test(address);
}

function bareAddress(value: string): string {
  return /<([^<>\s]+)>/.exec(value)?.[1] ?? value.trim();
}
