import type { Rule } from './rule.ts';

/** The domain itself asks to refuse such mail (DMARC): an answer would reach somebody who did not write. */
export const forgedSender: Rule = ({ email }) =>
  email.authentication.sender === 'forged'
    ? `The domain ${email.from.domain} asks to refuse mail like this (DMARC): whoever gets the answer did not write`
    : null;
