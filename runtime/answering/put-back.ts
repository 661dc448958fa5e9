import type { Transaction } from 'kysely';
import { answerFailed } from '../../schemas/answer-failed.ts';
import { noteIntervention } from '../intake/interventions.ts';
import { reopenDone } from '../queues/held.ts';
import type { Database } from '../store/database.ts';

/**
 * Puts finished mails back into their queues because what a person answered did not arrive, and notes why. A mail that is open already has somebody
 * who looks at it, and stays as it is; what a flow answered puts nothing back.
 *
 * @param ids of rows of the outbox that have just become `failed` or `bounced`.
 */
export async function putBack(tx: Transaction<Database>, ids: readonly string[], now: number): Promise<void> {
  for (const id of ids) {
    const answer = await tx
      .selectFrom('outbox')
      .innerJoin('interactions', 'interactions.id', 'outbox.interaction')
      .select(['interaction', 'ledger', 'to_address', 'outbox.reason'])
      .where('outbox.id', '=', id)
      .where('kind', '=', 'reply')
      .executeTakeFirst();
    if (answer === undefined) continue;
    const { interaction, ledger } = answer;
    const detail = `${answerFailed}: The answer to ${answer.to_address} did not arrive. ${answer.reason}`;
    if (!(await reopenDone(tx, interaction, detail))) continue;
    await noteIntervention(tx, { interaction, ledger, at: now, who: '', action: 'put-back', detail });
  }
}
