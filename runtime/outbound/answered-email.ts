import type { Email } from '../../schemas/email.ts';

/** What the guard and an answer need to know of a mail. */
export type AnsweredEmail = Pick<
  Email,
  | 'from'
  | 'to'
  | 'cc'
  | 'subject'
  | 'date'
  | 'text'
  | 'messageId'
  | 'inReplyTo'
  | 'references'
  | 'mayAutoRespond'
  | 'evidence'
  | 'authentication'
>;

export function answeredEmail(email: AnsweredEmail): AnsweredEmail {
  const { from, to, cc, subject, date, text, messageId, inReplyTo, references } = email;
  const { mayAutoRespond, evidence, authentication } = email;
  return {
    from,
    to,
    cc,
    subject,
    date,
    text,
    messageId,
    inReplyTo,
    references,
    mayAutoRespond,
    evidence,
    authentication,
  };
}
