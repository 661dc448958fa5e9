import type { Email } from '../../schemas/email.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';

/** Addresses that this installation reads or writes as, lower case. */
export function ownAddresses(settings: Settings): ReadonlySet<string> {
  const addresses = settings.mailboxes.map((mailbox) => mailbox.address);
  const routed = settings.routes.map((route) => route.pattern).filter((pattern) => !pattern.includes('*'));
  const from = settings.outbound?.from === undefined ? [] : [settings.outbound.from];
  return new Set([...addresses, ...routed, ...from].filter((address) => address !== '').map(lowerCase));
}

/**
 * Who an answer comes from: the configured address, or else the one that the mail was written to, or else the mailbox's.
 * A recipient counts only if it is ours: the stranger wrote that header, and must not choose the name that we write under.
 */
export function fromAddress(settings: Settings, mailbox: Mailbox, email: Email): { address: string; name: string } {
  const name = settings.outbound?.fromName ?? '';
  if (settings.outbound?.from !== undefined) return { address: settings.outbound.from, name };
  const own = ownAddresses(settings);
  const domains = new Set(mailbox.type === 'smtp-receiver' ? settings.receiver.domains.map(lowerCase) : []);
  const written = [...email.to, ...email.cc].find(
    (recipient) => own.has(recipient.address.toLowerCase()) || domains.has(recipient.domain),
  );
  return { address: written?.address ?? mailbox.address, name };
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}
