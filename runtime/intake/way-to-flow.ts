import type { Email } from '../../schemas/email.ts';
import type { FromAddress } from '../../schemas/from-address.ts';
import type { Route } from '../../schemas/route.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { chooseRoute, recipientsOf } from './route.ts';
import { scopeOfRoute } from './scope-of-route.ts';

/** What is known of how a mail came, or chosen for one that never did. */
interface Arrival {
  mailbox?: string | undefined;
  /** The folder that it was found in; of a mail that never came, each folder of its mailbox is possible. */
  folder?: string | undefined;
  /** The address that it came in by, whatever is written in the mail. */
  address?: string | undefined;
  envelope?: { to: readonly string[] } | undefined;
}

/**
 * Mailbox and route by which such a mail would come to this flow; where none leads to it, the mail's own recipient stands in.
 * Without a known mailbox every one is possible.
 */
export function wayToFlow<M extends Pick<Mailbox, 'id' | 'name' | 'address'> & Partial<Pick<Mailbox, 'folders'>>>(
  settings: { mailboxes: readonly M[]; routes: Route[]; fromAddresses?: FromAddress[] },
  flow: string,
  email: Email,
  { mailbox: wanted, folder, address, envelope }: Arrival,
) {
  const recipients = address === undefined ? recipientsOf(email, envelope) : [address];
  const origins = settings.mailboxes.filter((mailbox) => wanted === undefined || mailbox.id === wanted);
  const routes = routesTo(settings.routes, flow);
  const ways = origins.flatMap((mailbox) =>
    (folder === undefined ? [undefined, ...(mailbox.folders ?? [])] : [folder]).map((each) => ({
      mailbox,
      chosen: chooseRoute(routes, mailbox, recipients, { folder: each, envelope }),
    })),
  );
  const way = ways.find((each) => each.chosen !== null) ?? ways[0];
  const origin = way?.mailbox;
  const to = address ?? recipients[0] ?? origin?.address ?? '';
  return {
    origin,
    mailbox: { id: origin?.id ?? '', name: origin?.name ?? '', address: origin?.address ?? '' },
    route: way?.chosen
      ? scopeOfRoute(settings, way.chosen.route, address ?? way.chosen.address)
      : { id: '', address: to },
  };
}

const known = new WeakMap<readonly Route[], Map<string, Route[]>>();

/** The routes that lead to a flow, the same list each time: a backtest asks for every mail. */
function routesTo(routes: readonly Route[], flow: string): Route[] {
  const byFlow = known.get(routes) ?? new Map<string, Route[]>();
  known.set(routes, byFlow);
  const found = byFlow.get(flow) ?? routes.filter((route) => route.flow === flow || route.spamFlow === flow);
  byFlow.set(flow, found);
  return found;
}
