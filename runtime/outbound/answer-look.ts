import { isTaggable } from '../../schemas/addresses/taggable.ts';
import type { Route } from '../../schemas/route.ts';
import type { Effect } from '../../schemas/run.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { AnsweredEmail } from './answered-email.ts';

/** What a flow and the route of the mail say about an answer. */
export interface AnswerLook {
  /** What they name; the rest stays as it is without them. */
  from: { address?: string; name?: string };
  replyTo: ReplyTo;
  /** Get a copy each; never the sender. */
  copies: readonly string[];
  text: string;
  html: string | undefined;
}

/** Where answers to a mail of ours are to go. */
interface ReplyTo {
  /** Empty for none. */
  address: string;
  /** Each mail has an address of its own, which says what is answered. */
  hasToken: boolean;
}

/** Enough to know again what one wrote; an answer is not an archive. */
const quotedCharacters = 20_000;

/** The flow's from address wins over the route's. `route` is null where none took the mail. */
export function answerLook(
  { routes, fromAddresses }: Pick<Settings, 'routes' | 'fromAddresses'>,
  routeId: string | null,
  effect: Effect,
  email: AnsweredEmail,
): AnswerLook {
  const route = routes.find(({ id }) => id === routeId);
  const below = [
    ...signatureOf(route),
    // Nothing unless DMARC proved the sender: whoever forges one could have us carry his text to a victim, under our name.
    ...(route?.history === true && email.authentication.dmarc === 'pass' ? quoted(email) : []),
  ];
  return {
    from: namedFrom(fromAddresses, route, effect.from),
    replyTo: replyToOf(routes, route),
    copies: copiesOf(route, [effect.to]),
    text: below.length === 0 ? effect.body : [effect.body.trimEnd(), ...below].join('\n\n'),
    html: effect.html === undefined ? undefined : [effect.html, ...below.map(asHtml)].join('\n'),
  };
}

/** What a from address says that was chosen, or else the route's; what neither says is left out. */
export function namedFrom(
  fromAddresses: Settings['fromAddresses'],
  route: Pick<Route, 'from' | 'fromName'> | undefined,
  chosen: string | undefined,
): { address?: string; name?: string } {
  const wanted = chosen ?? route?.from;
  const from = wanted === undefined ? undefined : fromAddresses.find(({ id }) => id === wanted);
  const name = chosen === undefined ? (route?.fromName ?? from?.name) : from?.name;
  return { ...(from === undefined ? {} : { address: from.address }), ...(name ? { name } : {}) };
}

/** A route that names no other for its answers gives its own address a token, where it stands for one address. */
export function replyToOf(routes: Settings['routes'], route: Route | undefined): ReplyTo {
  const address = routes.find(({ id }) => id === route?.replyTo)?.pattern ?? '';
  if (route?.replyToken !== true) return { address, hasToken: false };
  const base = address === '' ? route.pattern : address;
  return isTaggable(base) ? { address: base, hasToken: true } : { address, hasToken: false };
}

/** Who gets a blind copy: none of those who get the mail. */
export function copiesOf(route: Pick<Route, 'bcc'> | undefined, recipients: readonly string[]): string[] {
  const known = new Set(recipients.map((address) => address.toLowerCase()));
  return (route?.bcc ?? []).filter((address) => !known.has(address.toLowerCase()));
}

export function signatureOf(route: Pick<Route, 'signature'> | undefined): string[] {
  return route?.signature === undefined ? [] : [`-- \n${route.signature}`];
}

/** The mail as it stands below an answer; nothing where it has no text. */
export function quoted({ from, date, text }: Pick<AnsweredEmail, 'from' | 'date' | 'text'>): string[] {
  if (text.trim() === '') return [];
  const when = date === null ? '' : `On ${date.slice(0, 16).replace('T', ' ')} UTC, `;
  const lines = text
    .slice(0, quotedCharacters)
    .trimEnd()
    .split(/\r\n|\r|\n/);
  return [`${when}${from.name || from.address} wrote:\n${lines.map((line) => `> ${line}`).join('\n')}`];
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function asHtml(text: string): string {
  return `<div style="white-space:pre-wrap">${text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)}</div>`;
}
