import type { AnsweredEmail } from './answered-email.ts';

const maxSubjectLength = 200;

/** With scheme, with www, or a domain with a path: what mail programs turn into links. */
const link = /(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)\S+|(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}\/\S*/gi;

/**
 * The subject of an answer as it may leave: one line of at most 200 characters.
 *
 * People expect `Re: <their subject>`, and a flow's template puts it there. But whoever forges a sender can have us deliver
 * that text to a victim, under our name. So unless DMARC proved the sender, links that the mail's own subject brought are
 * cut out of ours; links that the flow's author wrote stay. Text of the body in an answer is the author's decision.
 */
export function safeSubject(subject: string, email: AnsweredEmail): string {
  const line = oneLine(subject);
  const echoed = email.authentication.dmarc === 'pass' ? [] : (oneLine(email.subject).match(link) ?? []);
  const spared = echoed.reduce((text, found) => text.replaceAll(found, '[link removed]'), line);
  return cut(spared);
}

/** The subject of what a person wrote: one line, and what they put into it stays. */
export function plainSubject(subject: string): string {
  return cut(oneLine(subject));
}

function cut(line: string): string {
  const characters = Array.from(line);
  return characters.length <= maxSubjectLength ? line : `${characters.slice(0, maxSubjectLength - 1).join('')}…`;
}

/** Controls, line and bidirectional marks would end the header or turn what the reader sees around. */
function oneLine(text: string): string {
  return text
    .slice(0, 10_000)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
