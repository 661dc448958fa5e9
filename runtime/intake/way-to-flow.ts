import type { Email } from '../../schemas/email.ts';
import type { Mailbox, Route } from '../../schemas/settings.ts';
import { chooseRoute, recipientsOf } from './route.ts';

/** What is known of how a mail came, or chosen for one that never did. */
interface Arrival {
  mailbox?: string | undefined;
  /** The address that it came in by, whatever is written in the mail. */
  address?: string | undefined;
  envelope?: { to: readonly string[] } | undefined;
}

/**
 * Mailbox and route by which such a mail would come to this flow; where none leads to it, the mail's own recipient stands in.
 * Without a known mailbox every one is possible.
 */
export function wayToFlow<M extends Pick<Mailbox, 'id' | 'name' | 'address'>>(
  settings: { mailboxes: readonly M[]; routes: readonly Route[] },
  flow: string,
  email: Email,
  { mailbox: wanted, address, envelope }: Arrival,
) {
  const recipients = address === undefined ? recipientsOf(email, envelope) : [address];
  const origins = settings.mailboxes.filter((mailbox) => wanted === undefined || mailbox.id === wanted);
  const routes = settings.routes.filter((route) => route.flow === flow);
  const ways = origins.map((mailbox) => ({ mailbox, chosen: chooseRoute(routes, mailbox, recipients) }));
  const way = ways.find((each) => each.chosen !== null) ?? ways[0];
  const origin = way?.mailbox;
  return {
    origin,
    mailbox: { id: origin?.id ?? '', name: origin?.name ?? '', address: origin?.address ?? '' },
    route: {
      id: way?.chosen?.route.id ?? '',
      address: address ?? way?.chosen?.address ?? recipients[0] ?? origin?.address ?? '',
    },
  };
}
