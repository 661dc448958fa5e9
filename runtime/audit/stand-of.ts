import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';

type Stand = Readonly<Record<string, unknown>>;
type ReadStand = (read: Kysely<Database>, id: string) => Promise<Stand | undefined>;

/** What a call can change beside the settings, by the beginning of its path: read before and after it. */
const stands: Readonly<Record<string, ReadStand>> = {
  '/api/interactions/:id': (read, id) =>
    read
      .selectFrom('interactions')
      .leftJoin('conversation_links', 'conversation_links.interaction', 'interactions.id')
      .where('interactions.id', '=', id)
      .select(['state', 'queue', 'priority', 'claimed_by as claimedBy', 'conversation'])
      .executeTakeFirst(),
  '/api/outbox/:id': (read, id) => read.selectFrom('outbox').where('id', '=', id).select('state').executeTakeFirst(),
  '/api/flows/:id/publish': (read, id) =>
    read
      .selectFrom('flow_versions')
      .where('flow', '=', id)
      .orderBy('version', 'desc')
      .select('version')
      .executeTakeFirst(),
};

/** How the mail, answer or flow that a call is about stands now; empty where there is none. */
export async function standOf(read: Kysely<Database>, deed: { path: string; target: unknown }): Promise<Stand> {
  const found = Object.entries(stands).find(([path]) => deed.path === path || deed.path.startsWith(`${path}/`));
  const { target } = deed;
  if (found === undefined || typeof target !== 'object' || target === null) return {};
  const id: unknown = Reflect.get(target, 'id');
  if (typeof id !== 'string') return {};
  const row = (await found[1](read, id)) ?? {};
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
