import type { Email } from '../../schemas/email.ts';

/** What the guard and an answer need to know of a mail: it travels to the store's thread without its text. */
export type AnsweredEmail = Pick<
  Email,
  | 'from'
  | 'to'
  | 'cc'
  | 'subject'
  | 'messageId'
  | 'inReplyTo'
  | 'references'
  | 'mayAutoRespond'
  | 'evidence'
  | 'authentication'
>;

export function answeredEmail(email: AnsweredEmail): AnsweredEmail {
  const { from, to, cc, subject, messageId, inReplyTo, references, mayAutoRespond, evidence, authentication } = email;
  return { from, to, cc, subject, messageId, inReplyTo, references, mayAutoRespond, evidence, authentication };
}
