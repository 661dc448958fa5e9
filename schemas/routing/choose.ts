import { type AddressParts, addressParts, joined } from '../addresses/address.ts';
import type { Fit } from '../addresses/pattern.ts';
import type { Route, Routing } from '../route.ts';
import { compareMatches, isAt, type Match, type Origin, type RoutingTable, routingTable } from './table.ts';

/** What a mail is routed by. */
export interface Arrival extends Origin {
  /** Of the envelope where it is known, else of the headers; as they were written. */
  recipients: readonly string[];
  /** The mailbox's own address, which counts where no recipient fits as exactly; empty for none. */
  own: string;
  /** The recipients are those of the SMTP transaction: the own address counts only where a route fits none of them. */
  isCertain?: boolean;
}

/** A route that takes a mail, and the recipient by which it was found. */
export interface ChosenRoute {
  route: Route;
  address: string;
  fit: Fit;
  /** By the mailbox's own address: none of the recipients fits as exactly. */
  isOwn: boolean;
}

/**
 * The route that takes the mail; or, for `every`, one for each of our addresses that it was sent to, the most specific first. Always the
 * same for the same mail and settings: by how exactly the pattern fits, then by the order of the list. Empty if none fits.
 */
export function chooseRoutes(
  routes: readonly Route[],
  arrival: Arrival,
  destinations: Routing['destinations'] = 'one',
): ChosenRoute[] {
  const table = routingTable(routes);
  const named = arrival.recipients.flatMap((recipient) => addressParts(recipient) ?? []);
  const own = addressParts(arrival.own);
  const matches = destinations === 'one' ? [] : matchesOfEach(table, arrival, named);
  if (matches.length === 0) {
    const byName = table.best(arrival, named, false);
    const byOwn = own === null ? null : table.best(arrival, [own], true);
    const best = arrival.isCertain ? (byName ?? byOwn) : better(byName, byOwn);
    if (best !== null) matches.push(best);
  }
  if (matches.length > 0) {
    return matches.map(({ rule, address, fit, isOwn }) => ({
      route: rule.route,
      address: joined(address),
      fit,
      isOwn,
    }));
  }
  // A mail without any readable recipient can still be meant by a route for everything.
  const everything = table.rules.find(({ route, pattern }) => pattern.kind === 'any' && isAt(route, arrival));
  if (everything === undefined) return [];
  return [{ route: everything.route, address: own === null ? '' : joined(own), fit: 'any', isOwn: own !== null }];
}

/** Strangers' addresses stand in To as well: what only a route for everything fits counts where nothing else does. */
function matchesOfEach(table: RoutingTable, origin: Origin, named: readonly AddressParts[]): Match[] {
  const best = new Map<string, Match>();
  for (const address of named) {
    const match = table.best(origin, [address], false);
    if (match === null) continue;
    const before = best.get(match.rule.route.id);
    if (before === undefined || compareMatches(match, before) < 0) best.set(match.rule.route.id, match);
  }
  const all = [...best.values()].sort(compareMatches);
  const meant = all.filter(({ fit }) => fit !== 'any');
  return meant.length > 0 ? meant : all.slice(0, 1);
}

function better(a: Match | null, b: Match | null): Match | null {
  if (a === null || b === null) return a ?? b;
  return compareMatches(a, b) <= 0 ? a : b;
}
