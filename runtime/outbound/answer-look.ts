import type { Effect } from '../../schemas/run.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { AnsweredEmail } from './answered-email.ts';

/** What a flow and the route of the mail say about an answer. */
export interface AnswerLook {
  /** What they name; the rest stays as it is without them. */
  from: { address?: string; name?: string };
  /** Empty for none. */
  replyTo: string;
  /** Get a copy each; never the sender. */
  copies: readonly string[];
  text: string;
  html: string | undefined;
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
  const wanted = effect.from ?? route?.from;
  const from = wanted === undefined ? undefined : fromAddresses.find(({ id }) => id === wanted);
  const name = effect.from === undefined ? (route?.fromName ?? from?.name) : from?.name;
  const below = [
    ...(route?.signature === undefined ? [] : [`-- \n${route.signature}`]),
    ...(route?.history === true ? quoted(email) : []),
  ];
  return {
    from: { ...(from === undefined ? {} : { address: from.address }), ...(name ? { name } : {}) },
    replyTo: routes.find(({ id }) => id === route?.replyTo)?.pattern ?? '',
    copies: (route?.bcc ?? []).filter((address) => address.toLowerCase() !== effect.to.toLowerCase()),
    text: [effect.body, ...below].join('\n\n'),
    html: effect.html === undefined ? undefined : [effect.html, ...below.map(asHtml)].join('\n'),
  };
}

/** Nothing unless DMARC proved the sender: whoever forges one could have us carry his text to a victim, under our name. */
function quoted({ from, date, text, authentication }: AnsweredEmail): string[] {
  if (authentication.dmarc !== 'pass' || text.trim() === '') return [];
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
