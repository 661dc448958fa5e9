import type { Email } from '../../schemas/email.ts';
import type { Mailbox, Route } from '../../schemas/settings.ts';

/** The route that takes a mail, and the recipient by which it was found. */
export interface ChosenRoute {
  route: Route;
  address: string;
}

/** Headers in which a server notes the address that it really delivered to: they know of Bcc and of aliases, `To` does not. */
const deliveryHeaders = ['delivered-to', 'x-original-to'];

/**
 * Chooses by how exact the pattern is (`a@b`, then `*@b`, then `*`), then by the order of the list; always the same for the same mail.
 * The mailbox's own address counts only where no recipient of the mail matches a pattern of that exactness.
 */
export function chooseRoute(
  routes: readonly Route[],
  mailbox: Pick<Mailbox, 'id' | 'address'>,
  recipients: readonly string[],
): ChosenRoute | null {
  const candidates = routes.filter((route) => route.mailbox === undefined || route.mailbox === mailbox.id);
  const named = recipients.map(folded).filter((address) => address !== '');
  const own = folded(mailbox.address);
  for (const exactness of [matchesAddress, matchesDomain, matchesAll]) {
    const chosen =
      firstMatch(candidates, named, exactness) ?? firstMatch(candidates, own === '' ? [] : [own], exactness);
    if (chosen !== null) return chosen;
  }
  // A mail without any readable recipient can still be meant by a route for everything.
  const everything = candidates.find((route) => route.pattern.trim() === '*');
  return everything === undefined ? null : { route: everything, address: own };
}

/** SMTP's recipients where there are some: headers are only what the sender wrote. */
export function recipientsOf(email: Email, envelope: { to: readonly string[] } | undefined): string[] {
  if (envelope !== undefined && envelope.to.length > 0) return [...envelope.to];
  const delivered = deliveryHeaders.flatMap((name) =>
    Object.hasOwn(email.headers, name) ? (email.headers[name] ?? []) : [],
  );
  return [...delivered, ...[...email.to, ...email.cc].map((recipient) => recipient.address)];
}

type Exactness = (pattern: string, address: string) => boolean;

const matchesAddress: Exactness = (pattern, address) => pattern === address;
const matchesDomain: Exactness = (pattern, address) => pattern.startsWith('*@') && address.endsWith(pattern.slice(1));
const matchesAll: Exactness = (pattern) => pattern === '*';

function firstMatch(routes: readonly Route[], addresses: readonly string[], matches: Exactness): ChosenRoute | null {
  for (const route of routes) {
    const pattern = folded(route.pattern);
    const address = addresses.find((candidate) => matches(pattern, candidate));
    if (address !== undefined) return { route, address };
  }
  return null;
}

/** RFC 5321 lets local parts differ by case; no server in use does, and people do not either. */
function folded(address: string): string {
  return address.trim().replace(/^<|>$/g, '').toLowerCase();
}
