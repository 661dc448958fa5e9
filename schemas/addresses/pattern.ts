import { foldCase } from '../fold-case.ts';
import type { AddressParts } from './address.ts';
import { asciiDomain } from './ascii-domain.ts';

/** How a pattern fits an address, the most specific first; also the order in which routes are tried. */
export const fits = ['exact', 'plus', 'plus-of-exact', 'wildcard', 'domain', 'subdomain', 'any'] as const;
export type Fit = (typeof fits)[number];

/** A pattern, read once: comparing it with an address looks at no more than both their characters. */
export interface AddressPattern {
  /** One spelling for all that mean the same. */
  text: string;
  kind: Exclude<Fit, 'plus-of-exact'>;
  /** Characters that are not `*`: of two with stars the one that says more is the more specific one. 0 where nothing else can fit as well. */
  literal: number;
  /** The address that it stands for, of an exact one. */
  exact: string | null;
  fit(address: AddressParts): Fit | null;
}

const local = /^[^\s<>()[\],;:"\\@\p{Cc}\p{Cf}]{1,64}$/u;
const maxStars = 4;

/**
 * `support@x`, which takes its plus-addresses as well, `support+*@x`, `sales-*@x`, `*@x`, `*@*.x` or `*`.
 * A text instead of a pattern says what is wrong with it.
 */
export function readPattern(text: string): AddressPattern | string {
  const trimmed = text.trim();
  if (/^\**(@\*+)?$/.test(trimmed) && trimmed.includes('*')) return everything;
  const at = trimmed.lastIndexOf('@');
  if (at < 1) return `"${trimmed}" is neither an address, nor one with * in it, nor "*@domain", nor "*".`;
  const name = foldCase(trimmed.slice(0, at)).replace(/\*{2,}/g, '*');
  if (!local.test(name)) {
    return `"${trimmed.slice(0, at)}" cannot stand before the @: no blanks, quotes or brackets, at most 64 characters.`;
  }
  const written = trimmed.slice(at + 1);
  const isBelow = written.startsWith('*.');
  const domain = asciiDomain(isBelow ? written.slice(2) : written);
  if (domain === null) {
    return `"${written}" is no domain. It may be one like example.com, or *.example.com for all that are below it.`;
  }
  const stars = name.split('*').length - 1;
  if (stars > maxStars) return `At most ${maxStars} stars stand before the @.`;
  return build(name, domain, isBelow, stars);
}

function build(name: string, domain: string, isBelow: boolean, stars: number): AddressPattern {
  const text = `${name}@${isBelow ? '*.' : ''}${domain}`;
  const hasDomain = isBelow
    ? (other: string) => other.endsWith(`.${domain}`) && other.length > domain.length + 1
    : (other: string) => other === domain;
  const of = (kind: AddressPattern['kind'], look: (address: AddressParts) => Fit | null): AddressPattern => ({
    text,
    kind,
    literal: kind === 'exact' || kind === 'domain' ? 0 : name.length - stars + domain.length,
    exact: kind === 'exact' ? text : null,
    fit: (address) => (hasDomain(address.domain) ? look(address) : null),
  });
  if (name === '*') return of(isBelow ? 'subdomain' : 'domain', () => (isBelow ? 'subdomain' : 'domain'));
  if (stars === 0 && !isBelow) {
    return of('exact', (address) => {
      if (address.local === name) return 'exact';
      return baseOf(address.local) === name ? 'plus-of-exact' : null;
    });
  }
  const kind = !isBelow && /^[^+*]+\+[^*]*\*$/.test(name) ? 'plus' : 'wildcard';
  const parts = name.split('*');
  return of(kind, (address) => (fitsParts(parts, address.local) ? kind : null));
}

const everything: AddressPattern = { text: '*', kind: 'any', literal: 0, exact: null, fit: () => 'any' };

/** `support` of `support+anything`; itself where there is no plus behind a letter. */
export function baseOf(name: string): string {
  const plus = name.indexOf('+', 1);
  return plus === -1 ? name : name.slice(0, plus);
}

/** The texts between the stars, each found as far to the left as can be: no going back, so no input is slow. */
function fitsParts(parts: readonly string[], text: string): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at === -1 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}
