import type { Kysely, Transaction } from 'kysely';
import type { Intervention } from '../../schemas/api/interactions.ts';
import type { Database } from '../store/database.ts';
import { createIds } from '../store/ids.ts';

const createId = createIds();

/** Notes what a person did with a mail, in the transaction that does it. */
export async function noteIntervention(
  tx: Transaction<Database>,
  intervention: Omit<Database['interventions'], 'id'>,
): Promise<void> {
  await tx
    .insertInto('interventions')
    .values({ id: createId(intervention.at), ...intervention })
    .execute();
}

/** Oldest first. */
export async function readInterventions(read: Kysely<Database>, interaction: string): Promise<Intervention[]> {
  const rows = await read
    .selectFrom('interventions')
    .select(['at', 'who', 'action', 'detail'])
    .where('interaction', '=', interaction)
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map(({ at, who, action, detail }) => ({ at: new Date(at).toISOString(), who, action, detail }));
}
