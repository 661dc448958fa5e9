import { receivedDomains } from '../../schemas/domain.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import type { AnsweredEmail } from './answered-email.ts';

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
  const from = settings.outbound?.from === undefined ? [] : [settings.outbound.from];
  const all = [...addresses, ...routed, ...named, ...from].map((address) => address.trim().toLowerCase());
  return new Set(all.filter((address) => address !== ''));
}

/**
 * Who an answer comes from: the configured address, or else the one that the mail was written to, or else the mailbox's.
 * A recipient counts only if it is ours: the stranger wrote that header, and must not choose the name that we write under.
 */
export function fromAddress(
  settings: Settings,
  mailbox: Mailbox,
  email: AnsweredEmail,
): { address: string; name: string } {
  const name = settings.outbound?.fromName ?? '';
  if (settings.outbound?.from !== undefined) return { address: settings.outbound.from, name };
  const own = ownAddresses(settings);
  const domains = new Set(mailbox.type === 'smtp-receiver' ? receivedDomains(settings) : []);
  const written = [...email.to, ...email.cc].find(
    ({ address, domain }) => isPlainAddress(address) && (own.has(address.toLowerCase()) || domains.has(domain)),
  );
  return { address: written?.address ?? mailbox.address, name };
}

/**
 * True for an address without quotes, white space, controls and comments: such mailboxes are rare, such injections are not.
 * 254 octets are the longest path that SMTP carries (RFC 5321 section 4.5.3.1.3, less the angle brackets).
 */
export function isPlainAddress(address: string): boolean {
  return Buffer.byteLength(address) <= 254 && /^[^\s<>()[\],;:"\\@\p{Cc}]+@[^\s<>()[\],;:"\\@\p{Cc}]+$/u.test(address);
}
