import type { Email } from '../../schemas/email.ts';
import { headerValues } from './headers.ts';
import { reportType } from './verdict.ts';

/** What a server says about a mail that somebody sent before (RFC 3464), as far as it helps to find that mail. Every text may be forged. */
export interface DeliveryReport {
  /** RFC 3464 section 2.3.3: failed, delayed, delivered, relayed, expanded. */
  action: string;
  /** What happened, in words for a person. */
  reason: string;
  /** All that says which address the report was sent to. */
  addressed: string;
  /** Original-Envelope-Id; empty if there is none. */
  envelopeId: string;
  /** Whom it could (not) be delivered to; empty where it does not say. */
  recipient: string;
  /** What it quotes of the mail it is about. */
  quoted: string;
}

/** Reports are short; what stands behind is the mail that came back. */
const readBytes = 128 * 1024;
const maxReasonChars = 500;

export function isDeliveryReport(email: Email): boolean {
  return email.isBounce || reportType(email.headers) === 'delivery-status';
}

/** Reads the fields wherever they stand: servers put them in parts of many kinds, and some lose the boundaries. Linear in what it looks at. */
export function readDeliveryReport(bytes: Uint8Array, email: Email, envelopeTo: readonly string[]): DeliveryReport {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, readBytes)).toString('latin1');
  const action = fieldOf(text, 'action').split(/[\s;]/)[0]?.toLowerCase() ?? '';
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(fieldOf(text, 'status'))?.[0] ?? '';
  const recipient = typedValue(fieldOf(text, 'final-recipient') || fieldOf(text, 'original-recipient'));
  const said = typedValue(fieldOf(text, 'diagnostic-code'));
  const isKnown = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'].includes(action);
  const known = isKnown ? action : email.isBounce ? 'failed' : 'delayed';
  return {
    action: known,
    reason: reasonOf(known, recipient, status, said || email.subject),
    addressed: [
      ...envelopeTo,
      ...email.to.map(({ address }) => address),
      ...['delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) => headerValues(email.headers, name)),
    ].join(' '),
    recipient: recipient.toLowerCase(),
    envelopeId: fieldOf(text, 'original-envelope-id'),
    quoted: [...text.matchAll(/^(?:message-id|in-reply-to|references)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)/gim)]
      .map((match) => match[1] ?? '')
      .join(' '),
  };
}

/** The first field of that name, unfolded. */
function fieldOf(text: string, name: string): string {
  const found = new RegExp(`^${name}[ \\t]*:([^\\n]*(?:\\n[ \\t][^\\n]*)*)`, 'im').exec(text)?.[1] ?? '';
  return found.replace(/\s+/g, ' ').trim();
}

/** `rfc822; vera@example.com` → `vera@example.com`. */
function typedValue(value: string): string {
  return value.slice(value.indexOf(';') + 1).trim();
}

/** RFC 3463, the codes that people meet. */
const meanings: readonly [RegExp, string][] = [
  [/^5\.1\.[016]$/, 'the address does not exist'],
  [/^5\.1\.(2|10)$|^5\.4\.[14]$/, 'the domain takes no mail'],
  [/^[45]\.2\.2$/, 'the mailbox is full'],
  [/^5\.2\.1$/, 'the mailbox is closed'],
  [/^5\.(2\.3|3\.4)$/, 'the mail is too large'],
  [/^[45]\.7\./, 'the server refuses it by its rules'],
  [/^4\.4\.[17]$/, 'the server could not be reached in time'],
];

function reasonOf(action: string, recipient: string, status: string, said: string): string {
  const whom = recipient || 'the recipient';
  const meaning = meanings.find(([code]) => code.test(status))?.[1];
  const happened = {
    failed: `Not delivered to ${whom}`,
    delayed: `Not delivered to ${whom} yet; it is tried on`,
  }[action];
  const text = `${happened ?? `${action}: ${whom}`}${meaning ? `: ${meaning}` : ''}${said ? ` (${said})` : ''}`;
  return text.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, maxReasonChars);
}
