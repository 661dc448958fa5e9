import { addressParts, joined } from '../addresses/address.ts';
import { type Fit, readPattern } from '../addresses/pattern.ts';
import type { ExplainBody, Explanation } from '../api/routes.ts';
import type { Route } from '../route.ts';
import type { ChosenRoute } from './choose.ts';
import { compareMatches, isAt, type Match, type Rule, routingTable } from './table.ts';

/** Which route an address would take, and of each route why it is that one or not. */
export function explainRoutes(
  routes: readonly Route[],
  { address: text, mailbox = '', folder }: ExplainBody,
): Explanation {
  const origin = { mailbox, folder };
  // As it is copied out of a mail program: with the name before it.
  const address = addressParts(/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text);
  const table = routingTable(routes);
  const winner = address === null ? null : table.best(origin, [address], false);
  const ranked = table.rules.map((rule) => {
    const fit = address === null || !isAt(rule.route, origin) ? null : rule.pattern.fit(address);
    const match = fit === null || address === null ? null : { rule, fit, address, isOwn: false };
    return { rule, match };
  });
  // What fits stands first, in the order in which it would be taken; then the rest, as they are tried.
  ranked.sort((a, b) => {
    if (a.match !== null && b.match !== null) return compareMatches(a.match, b.match);
    return Number(b.match !== null) - Number(a.match !== null) || a.rule.position - b.rule.position;
  });
  const off = routes.filter((route) => !table.rules.some((rule) => rule.route === route));
  return {
    address: address === null ? '' : joined(address),
    items: [
      ...ranked.map(({ rule, match }) => ({
        route: rule.route.id,
        takes: match !== null && winner?.rule === rule,
        fits: match !== null,
        why: match === null ? whyNot(rule, mailbox, folder) : why(match, winner),
      })),
      ...off.map((route) => ({ route: route.id, takes: false, fits: false, why: whyOff(route) })),
    ],
  };
}

const reasons: Readonly<Record<Fit, (pattern: string) => string>> = {
  exact: () => 'The pattern is this very address',
  plus: (pattern) => `${pattern} stands for plus-addresses like this one`,
  'plus-of-exact': (pattern) => `The address is a plus-address of ${pattern}, which takes those as well`,
  wildcard: (pattern) => `${pattern} fits the address`,
  domain: (pattern) => `${pattern} takes every address of the domain`,
  subdomain: (pattern) => `${pattern} takes every address below the domain`,
  any: () => '* takes every address',
};

function why({ rule, fit }: Match, winner: Match | null): string {
  const reason = `${reasons[fit](rule.pattern.text)}${limitOf(rule)}`;
  if (winner === null || winner.rule === rule) return `${reason}; nothing that fits is more specific.`;
  const { route } = winner.rule;
  const name = `"${route.name || route.pattern}"`;
  const isFolder = route.folder !== undefined && rule.route.folder === undefined;
  if (isFolder) return `${reason}, but ${name} names the folder, which comes first.`;
  if (winner.fit === fit && winner.rule.pattern.literal === rule.pattern.literal) {
    const isLimited = route.mailbox !== undefined && rule.route.mailbox === undefined;
    return isLimited
      ? `${reason}, but ${name} names the mailbox.`
      : `${reason}, but ${name} stands above it in the list.`;
  }
  return `${reason}, but ${name} is more specific.`;
}

function limitOf({ route }: Pick<Rule, 'route'>): string {
  if (route.folder !== undefined) return `, in the folder ${route.folder}`;
  return route.mailbox === undefined ? '' : ', in this mailbox';
}

/** Why a mail took the route that it took, in one sentence. */
export function whyTaken({ route, fit, isOwn }: ChosenRoute): string {
  const reason = `${reasons[fit](route.pattern)}${limitOf({ route })}.`;
  return isOwn ? `${reason} It is the mailbox's own address: none of the recipients fits a route as exactly.` : reason;
}

function whyNot({ route, pattern }: Rule, mailbox: string, folder: string | undefined): string {
  if (route.mailbox !== undefined && route.mailbox !== mailbox)
    return `Only for mail of the mailbox "${route.mailbox}".`;
  if (route.folder !== undefined && route.folder !== folder) return `Only for mail in the folder "${route.folder}".`;
  return `${pattern.text} does not fit the address.`;
}

function whyOff(route: Route): string {
  const pattern = readPattern(route.pattern);
  return typeof pattern === 'string' ? pattern : 'It is switched off.';
}
