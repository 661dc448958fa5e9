import { isTaggable } from '../../schemas/addresses/taggable.ts';

export type Sign = (purpose: string, text: string) => string;

/** What a token proves: that a report is about a mail of ours, or that a mail answers one. A signature for one proves nothing of the other. */
type Purpose = 'bounce' | 'reply';

function tokenFor(purpose: Purpose, id: string, sign: Sign): string {
  const name = id.toLowerCase();
  return `${name}.${sign(purpose, name)}`;
}

function tagged(address: string, token: string): string {
  const at = address.lastIndexOf('@');
  const separator = address.slice(0, at).includes('+') ? '-' : '+';
  return `${address.slice(0, at)}${separator}${token}${address.slice(at)}`;
}

/**
 * What proves that a delivery report is about a mail of ours: the outbox row's id and a signature, out of a-z, 0-9 and a dot. It stands in
 * the envelope sender and in ENVID, which a report brings back (RFC 3464 section 2.2.1).
 */
export function bounceToken(id: string, sign: Sign): string {
  return tokenFor('bounce', id, sign);
}

/** `bounces@demo.test` → `bounces+<token>@demo.test`; an address that carries a tag already keeps it before the token. */
export function bounceAddress(address: string, id: string, sign: Sign): string {
  return tagged(address, bounceToken(id, sign));
}

/**
 * Where answers to the mail of an outbox row come back to: `support@demo.test` → `support+<token>@demo.test`. The address as it is where a
 * token does not fit before the @, or a tag stands there already: a route takes plus-addresses of plain addresses alone.
 */
export function replyAddress(address: string, id: string, sign: Sign): string {
  return isTaggable(address) ? tagged(address, tokenFor('reply', id, sign)) : address;
}

/** ULID and signature, wherever they stand in an address or a field. */
const token = /(?:^|[^a-z0-9])([0-9a-hjkmnp-tv-z]{26})\.([a-z2-7]{16})(?![a-z0-9.])/g;

/** The outbox rows that the tokens in a text were made for; forged ones name nothing. */
export function rowsOfTokens(text: string, sign: Sign, purpose: Purpose = 'bounce'): string[] {
  return [...text.toLowerCase().matchAll(token)]
    .filter(([, name = '', signature]) => sign(purpose, name) === signature)
    .map(([, name = '']) => name.toUpperCase());
}
