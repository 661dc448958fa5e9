import { getDomain } from 'tldts';
import type { Authentication } from '../../schemas/email.ts';

/** Results that say that nobody could look. */
export const unanswered = /^temp-?err(or)?$/;

/**
 * Both belong to one owner, as DMARC's relaxed alignment sees it (RFC 7489 3.1.1): by the list of suffixes under which anybody can register. So
 * `mail.shop.co.uk` speaks for `shop.co.uk`, and `co.uk` or another customer of a hosting domain for nobody.
 */
export function isAligned(domain: string, fromDomain: string): boolean {
  const named = domain.toLowerCase();
  const from = fromDomain.toLowerCase();
  const owner = getDomain(named, { allowPrivateDomains: true });
  return owner !== null && owner === getDomain(from, { allowPrivateDomains: true });
}

/** Nobody who can be trusted has looked. */
export const notLooked: Authentication = { spf: 'none', dkim: 'none', dmarc: 'none' };

/** Sluice would have looked, and could not. */
export function notAnswered(reason: string): Authentication {
  const evidence = [{ method: 'dmarc', result: 'temperror', domain: '', reason }];
  return { spf: 'temperror', dkim: 'temperror', dmarc: 'temperror', sender: 'unknown', by: 'Sluice', evidence };
}
