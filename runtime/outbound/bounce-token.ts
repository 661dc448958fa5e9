const purpose = 'bounce';

export type Sign = (purpose: string, text: string) => string;

/**
 * What proves that a delivery report is about a mail of ours: the outbox row's id and a signature, out of a-z, 0-9 and a dot. It stands in
 * the envelope sender and in ENVID, which a report brings back (RFC 3464 section 2.2.1).
 */
export function bounceToken(id: string, sign: Sign): string {
  const name = id.toLowerCase();
  return `${name}.${sign(purpose, name)}`;
}

/** `bounces@demo.test` → `bounces+<token>@demo.test`; an address that carries a tag already keeps it before the token. */
export function bounceAddress(address: string, id: string, sign: Sign): string {
  const at = address.lastIndexOf('@');
  const separator = address.slice(0, at).includes('+') ? '-' : '+';
  return `${address.slice(0, at)}${separator}${bounceToken(id, sign)}${address.slice(at)}`;
}

/** ULID and signature, wherever they stand in an address or a field. */
const token = /(?:^|[^a-z0-9])([0-9a-hjkmnp-tv-z]{26})\.([a-z2-7]{16})(?![a-z0-9.])/g;

/** The outbox rows that the tokens in a text were made for; forged ones name nothing. */
export function rowsOfTokens(text: string, sign: Sign): string[] {
  return [...text.toLowerCase().matchAll(token)]
    .filter(([, name = '', signature]) => sign(purpose, name) === signature)
    .map(([, name = '']) => name.toUpperCase());
}
