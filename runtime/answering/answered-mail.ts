import type { Kysely } from 'kysely';
import type { Email } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Settings } from '../../schemas/settings.ts';
import { mailboxOr } from '../outbound/mailbox-or.ts';
import type { Database } from '../store/database.ts';
import type { AnsweredMail } from './senders.ts';

/** A mail that somebody may want to answer; `email` is null where it could not be read. */
export interface FoundMail extends Omit<AnsweredMail, 'email'> {
  id: string;
  ledger: number;
  email: Email | null;
}

/** @throws UserError `interaction-not-found` (404). */
export async function findMail(read: Kysely<Database>, settings: Settings, id: string): Promise<FoundMail> {
  const row = await read
    .selectFrom('interactions')
    .leftJoin('interaction_details', 'interaction_details.interaction', 'interactions.id')
    .select(['id', 'ledger', 'mailbox', 'queue', 'route', 'email'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) {
    throw new UserError('interaction-not-found', `There is no interaction ${id}, or its flow is still running.`, {
      status: 404,
    });
  }
  return {
    id,
    ledger: row.ledger,
    mailbox: mailboxOr(settings, row.mailbox),
    route: settings.routes.find((route) => route.id === row.route),
    queue: row.queue,
    // Written by settle out of an email.
    email: row.email === null ? null : (JSON.parse(row.email) as Email),
  };
}
