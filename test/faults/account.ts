/** A mail that was put in, and what is promised of it. */
export interface PutMail {
  /** Unique; stands in its `X-Fault-Id` header and in its sender's address. */
  id: string;
  source: string;
  /** How many mails the ledger must have of it. */
  times: number;
  ends: 'queued' | 'quarantined';
}

/** The bench's own books: every mail that it hands over. */
export interface Account {
  readonly mails: readonly PutMail[];
  /** Enters a mail that is about to be put in. */
  register(source: { name: string }, promise: { times: number; ends?: PutMail['ends'] }): PutMail;
}

export function openAccount(): Account {
  const mails: PutMail[] = [];
  return {
    mails,
    register({ name }, { times, ends = 'queued' }) {
      const mail = { id: `${name}-${mails.length}`, source: name, times, ends };
      mails.push(mail);
      return mail;
    },
  };
}

export const senderOf = ({ id }: Pick<PutMail, 'id'>) => `${id}@customer.test`;
