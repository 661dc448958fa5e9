import { UserError } from '../../schemas/errors.ts';
import type { Repair } from '../../schemas/repair.ts';
import type { Store } from '../store/store.ts';
import { noteIntervention } from './interventions.ts';

/** What a person does with a mail that nobody could read, beside running it again or putting it into a queue. */
export interface Quarantine {
  /**
   * Says how the mail is to be read from now on.
   *
   * @throws UserError `interaction-not-found` (404), `not-in-quarantine` (409).
   */
  repair(interaction: string, repair: Repair, who: string): Promise<void>;
  /**
   * Deletes the mail and its source for good. The ledger goes on knowing it, as quarantined, with who deleted it and why it was there: the server's
   * message is never taken a second time.
   *
   * @throws UserError `interaction-not-found` (404), `not-in-quarantine` (409), `mail-was-answered` (409).
   */
  discard(interaction: string, who: string): Promise<void>;
}

export function createQuarantine({
  store,
  clock,
}: {
  store: Pick<Store, 'commit' | 'read'>;
  clock: { now(): number };
}): Quarantine {
  type Tx = Parameters<Parameters<typeof store.commit>[0]>[0];

  async function quarantined(tx: Tx, interaction: string): Promise<{ ledger: number; reason: string }> {
    const row = await tx
      .selectFrom('interactions')
      .select(['ledger', 'reason', 'state'])
      .where('id', '=', interaction)
      .executeTakeFirst();
    if (row === undefined) {
      throw new UserError('interaction-not-found', `There is no interaction ${interaction}.`, { status: 404 });
    }
    if (row.state === 'quarantined') return row;
    const message = `This mail is ${row.state}: only one in quarantine can be repaired or deleted.`;
    throw new UserError('not-in-quarantine', message, { status: 409, data: { state: row.state } });
  }

  return {
    repair: (interaction, repair, who) =>
      store.commit(async (tx) => {
        const { ledger } = await quarantined(tx, interaction);
        const text = JSON.stringify(repair);
        await tx
          .insertInto('repairs')
          .values({ ledger, repair: text })
          .onConflict((conflict) => conflict.column('ledger').doUpdateSet({ repair: text }))
          .execute();
        await noteIntervention(tx, {
          interaction,
          ledger,
          at: clock.now(),
          who,
          action: 'repair',
          detail: inWords(repair),
        });
      }),

    discard: (interaction, who) =>
      store.commit(async (tx) => {
        const { ledger, reason } = await quarantined(tx, interaction);
        const answer = await tx
          .selectFrom('outbox')
          .select('id')
          .where('interaction', '=', interaction)
          .executeTakeFirst();
        if (answer !== undefined) {
          const message = 'A mail was sent because of this one, and its trace is kept. Route it by hand instead.';
          throw new UserError('mail-was-answered', message, { status: 409 });
        }
        await noteIntervention(tx, { interaction, ledger, at: clock.now(), who, action: 'delete', detail: reason });
        await tx.deleteFrom('interaction_details').where('interaction', '=', interaction).execute();
        await tx.deleteFrom('interactions').where('id', '=', interaction).execute();
        const other = await tx.selectFrom('interactions').select('id').where('ledger', '=', ledger).executeTakeFirst();
        if (other !== undefined) return;
        await tx.deleteFrom('raw_mails').where('ledger', '=', ledger).execute();
        await tx.deleteFrom('repairs').where('ledger', '=', ledger).execute();
        await tx
          .updateTable('ledger')
          .set({ interaction: null, reason: `deleted by ${who}. It was here because of ${reason}` })
          .where('id', '=', ledger)
          .execute();
      }),
  };
}

function inWords({ charset, asText }: Repair): string {
  const parts = [charset && `charset ${charset}`, asText && 'read as one plain text'].filter(Boolean);
  return parts.length === 0 ? 'read as it came' : parts.join(', ');
}
