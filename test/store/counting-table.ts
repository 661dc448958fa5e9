import { threadId } from 'node:worker_threads';
import type { Transaction } from 'kysely';
import type { Database } from '../../runtime/store/database.ts';
import { UserError } from '../../schemas/errors.ts';

/** Writings that tell where they ran: each inserts one row, and answers with its thread, the context there and how many the table wrote. */
export function createCountingTable(context: { read(): string }) {
  let written = 0;
  return {
    async count(tx: Transaction<Database>, mailbox: string) {
      await tx.insertInto('cursors').values({ mailbox, folder: '', value: '' }).execute();
      written += 1;
      return { thread: threadId, context: context.read(), written };
    },
    async refuse(tx: Transaction<Database>, mailbox: string): Promise<never> {
      await tx.insertInto('cursors').values({ mailbox, folder: '', value: '' }).execute();
      throw new UserError('refused', `${mailbox} is refused`, { status: 409, data: { mailbox } });
    },
    async die(_tx: Transaction<Database>, _how: string): Promise<never> {
      process.exit(1);
    },
  };
}
