import type { AnsweredEmail } from './answered-email.ts';

/** RFC 5322 section 2.1.1 allows 998 octets to a line; the header is folded, but ids of this length are abuse. */
const maxIdLength = 500;

/** A conversation of more than 20 mails is still found by its first and its latest ids. */
const maxReferences = 20;

/** Oldest message id of the conversation; "" if the mail names none. */
export function threadOf(email: AnsweredEmail): string {
  return [email.references[0] ?? '', email.inReplyTo, email.messageId].find(isMessageId) ?? '';
}

/** In-Reply-To and References of an answer to the mail (RFC 5322 section 3.6.4), without angle brackets, oldest first. */
export function answerReferences(email: AnsweredEmail): { inReplyTo: string | null; references: string[] } {
  const known = email.references.length > 0 ? email.references : [email.inReplyTo];
  const ids = [...new Set([...known, email.messageId].filter(isMessageId))];
  const references = ids.length <= maxReferences ? ids : [...ids.slice(0, 1), ...ids.slice(1 - maxReferences)];
  return { inReplyTo: isMessageId(email.messageId) ? email.messageId : null, references };
}

/** What may stand between angle brackets in a header of ours: a stranger chose it, so nothing that could end the header or the id. */
function isMessageId(id: string): boolean {
  return id !== '' && id.length <= maxIdLength && /^[\x21-\x3b\x3d\x3f-\x7e]+$/.test(id);
}
