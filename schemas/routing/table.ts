import { type AddressParts, joined } from '../addresses/address.ts';
import { type AddressPattern, baseOf, type Fit, fits, readPattern } from '../addresses/pattern.ts';
import type { Route } from '../route.ts';

/** A route with its pattern read; `position` is its place among all of them, the most specific first. */
export interface Rule {
  route: Route;
  pattern: AddressPattern;
  position: number;
}

/** Where a mail was found. */
export interface Origin {
  mailbox: string;
  folder?: string | undefined;
}

/** How one of the mail's addresses fits a rule. */
export interface Match {
  rule: Rule;
  fit: Fit;
  address: AddressParts;
  /** The address was none of the mail's recipients, but the mailbox's own. */
  isOwn: boolean;
}

/** Routes made ready for looking up: an address of ours is found at once among thousands, wildcards are tried one by one. */
export interface RoutingTable {
  /** All that are on and can be read, the most specific first. */
  rules: readonly Rule[];
  /** The best rule for any of the addresses; null if none fits. */
  best(origin: Origin, addresses: readonly AddressParts[], isOwn: boolean): Match | null;
}

/** Settings are replaced as a whole and never changed in place: what was made of their routes holds for as long as they do. */
const known = new WeakMap<readonly Route[], RoutingTable>();

export function routingTable(routes: readonly Route[]): RoutingTable {
  const table = known.get(routes) ?? build(routes);
  known.set(routes, table);
  return table;
}

function build(routes: readonly Route[]): RoutingTable {
  const rules = routes
    .flatMap((route, order) => {
      const pattern = readPattern(route.pattern);
      return route.enabled === false || typeof pattern === 'string' ? [] : [{ route, pattern, order }];
    })
    .sort((a, b) => compareRules(a, b) || a.order - b.order)
    .map(({ route, pattern }, position): Rule => ({ route, pattern, position }));
  const exact = new Map<string, Rule[]>();
  const others: Rule[] = [];
  for (const rule of rules) {
    if (rule.pattern.exact === null) others.push(rule);
    else if (exact.has(rule.pattern.exact)) exact.get(rule.pattern.exact)?.push(rule);
    else exact.set(rule.pattern.exact, [rule]);
  }

  function* candidates(address: AddressParts): Generator<Rule> {
    yield* exact.get(joined(address)) ?? [];
    const base = baseOf(address.local);
    if (base !== address.local) yield* exact.get(`${base}@${address.domain}`) ?? [];
    yield* others;
  }

  return {
    rules,
    best(origin, addresses, isOwn) {
      let best: Match | null = null;
      for (const address of addresses) {
        for (const rule of candidates(address)) {
          const fit = isAt(rule.route, origin) ? rule.pattern.fit(address) : null;
          if (fit === null) continue;
          const match = { rule, fit, address, isOwn };
          if (best === null || compareMatches(match, best) < 0) best = match;
        }
      }
      return best;
    },
  };
}

export function isAt(route: Pick<Route, 'mailbox' | 'folder'>, { mailbox, folder }: Origin): boolean {
  return (
    (route.mailbox === undefined || route.mailbox === mailbox) &&
    (route.folder === undefined || route.folder === folder)
  );
}

/** A folder was chosen by whoever sorts the mailbox, so its routes come before all others; then the pattern counts, then the mailbox. */
function compareRules(a: Pick<Rule, 'route' | 'pattern'>, b: Pick<Rule, 'route' | 'pattern'>): number {
  return (
    Number(b.route.folder !== undefined) - Number(a.route.folder !== undefined) ||
    fits.indexOf(a.pattern.kind) - fits.indexOf(b.pattern.kind) ||
    b.pattern.literal - a.pattern.literal ||
    Number(b.route.mailbox !== undefined) - Number(a.route.mailbox !== undefined)
  );
}

/** The smaller one wins. An exact pattern fits plus-addresses too, but less specifically than a pattern made for them. */
export function compareMatches(a: Match, b: Match): number {
  return (
    Number(b.rule.route.folder !== undefined) - Number(a.rule.route.folder !== undefined) ||
    levelOf(a.fit) - levelOf(b.fit) ||
    Number(a.isOwn) - Number(b.isOwn) ||
    fits.indexOf(a.fit) - fits.indexOf(b.fit) ||
    a.rule.position - b.rule.position
  );
}

/** A plus-address that somebody wrote to says more than the mailbox's own address, which every mail of it has: both name one address. */
function levelOf(fit: Fit): number {
  return Math.max(fits.indexOf(fit), fits.indexOf('plus-of-exact'));
}
