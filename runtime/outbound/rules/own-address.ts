import type { Rule } from './rule.ts';

/** Mail from ourselves answered by ourselves goes round for ever, whatever its headers say. */
export const ownAddress: Rule = ({ effect, own }) =>
  own.has(effect.to.toLowerCase()) ? `${effect.to} is one of our own addresses` : null;
