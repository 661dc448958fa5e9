import type { Rule } from './rule.ts';

/** The verdict that the mail got when it was parsed (RFC 3834 section 2), with the evidence that decided it. */
export const mayAutoRespond: Rule = ({ email }) => {
  if (email.mayAutoRespond) return null;
  const evidence = email.evidence.find((entry) => entry.verdict === 'mayAutoRespond');
  if (evidence === undefined) return 'The mail must not be answered by a machine';
  return `The mail must not be answered by a machine: ${evidence.reason}`;
};
