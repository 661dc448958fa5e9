import { receivedDomains } from '../../schemas/domain.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import type { AnsweredEmail } from './answered-email.ts';
import { outboundFor } from './outbound-for.ts';

/** Settings are replaced as a whole and never changed in place: what was made of them holds for as long as they do. */
const known = new WeakMap<Settings, ReadonlySet<string>>();

/** Addresses that this installation reads or writes as, lower case. */
export function ownAddresses(settings: Settings): ReadonlySet<string> {
  const own = known.get(settings) ?? collect(settings);
  known.set(settings, own);
  return own;
}

function collect(settings: Settings): ReadonlySet<string> {
  const addresses = settings.mailboxes.map((mailbox) => mailbox.address);
  const routed = settings.routes.map((route) => route.pattern).filter((pattern) => !pattern.includes('*'));
  const named = settings.fromAddresses.map(({ address }) => address);
  const outbound = settings.outboundMailboxes.flatMap(({ from, bounceAddress }) => [from ?? '', bounceAddress ?? '']);
  return new Set(
    [...addresses, ...routed, ...named, ...outbound].map((address) => address.trim().toLowerCase()).filter(Boolean),
  );
}

/** Who an answer comes from, and through which outbound mailbox it leaves; null: it is captured. */
export interface AnswerSender {
  address: string;
  name: string;
  outbound: OutboundMailbox | null;
}

/**
 * An answer comes from the address that the mail was written to, or else the mailbox's; the outbound mailbox that sends for it may put its own in
 * place. What a flow or a route names wins. A recipient counts only if it is ours: the stranger wrote that header, and must not choose the name that we write under.
 */
export function answerSender(
  settings: Settings,
  mailbox: Mailbox,
  email: AnsweredEmail,
  named: { address?: string; name?: string } = {},
): AnswerSender {
  const own = ownAddresses(settings);
  const domains = new Set(mailbox.type === 'smtp-receiver' ? receivedDomains(settings) : []);
  const written = [...email.to, ...email.cc].find(
    ({ address, domain }) => isPlainAddress(address) && (own.has(address.toLowerCase()) || domains.has(domain)),
  );
  const answering = named.address ?? written?.address ?? mailbox.address;
  const outbound = outboundFor(settings, answering);
  const address = named.address ?? outbound?.from ?? answering;
  return { address, name: named.name ?? outbound?.fromName ?? '', outbound };
}

/**
 * True for an address without quotes, white space, controls and comments: such mailboxes are rare, such injections are not.
 * 254 octets are the longest path that SMTP carries (RFC 5321 section 4.5.3.1.3, less the angle brackets).
 */
export function isPlainAddress(address: string): boolean {
  return Buffer.byteLength(address) <= 254 && /^[^\s<>()[\],;:"\\@\p{Cc}]+@[^\s<>()[\],;:"\\@\p{Cc}]+$/u.test(address);
}
