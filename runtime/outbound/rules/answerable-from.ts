import type { Rule } from './rule.ts';

/** A mail without a From belongs to nobody, and servers refuse it. */
export const answerableFrom: Rule = ({ from }) =>
  from === '' ? 'There is no address to answer from: give the mailbox one, or name one for outgoing mail' : null;
