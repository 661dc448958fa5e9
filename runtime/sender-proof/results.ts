import type { Authentication } from '../../schemas/email.ts';

/** Results that say that nobody could look. */
export const unanswered = /^temp-?err(or)?$/;

/** The domain is the sender's, or one above it with at least one dot in it (relaxed alignment). */
export function isAligned(domain: string, fromDomain: string): boolean {
  const named = domain.toLowerCase();
  const from = fromDomain.toLowerCase();
  return named.includes('.') && (named === from || from.endsWith(`.${named}`));
}

/** Nobody who can be trusted has looked. */
export const notLooked: Authentication = { spf: 'none', dkim: 'none', dmarc: 'none' };

/** Sluice would have looked, and could not. */
export function notAnswered(reason: string): Authentication {
  const evidence = [{ method: 'dmarc', result: 'temperror', domain: '', reason }];
  return { spf: 'temperror', dkim: 'temperror', dmarc: 'temperror', sender: 'unknown', by: 'Sluice', evidence };
}
