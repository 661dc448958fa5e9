import { AsyncLocalStorage } from 'node:async_hooks';
import { type Kysely, sql } from 'kysely';
import type { AuditItem, AuditPage, AuditQuery } from '../../schemas/api/audit.ts';
import type { Database } from '../store/database.ts';
import { createIds } from '../store/ids.ts';
import { cutPage, decodeCursor, defaultPageSize } from '../store/page-cursor.ts';
import type { Store } from '../store/store.ts';
import { changesAsked, changesBetween } from './changes.ts';

/** What somebody set about to change. */
interface Deed {
  /** Null where nobody needs to be known, as at the set-up. */
  by: { id: string; name: string; role: string; by: string } | null;
  /** Where the call came from. */
  address: string;
  method: string;
  path: string;
  /** In words. */
  what: string;
  target: unknown;
  asked: unknown;
}

/** The log of every change: who, what, before and after. What is refused changes nothing and is not in it. */
export interface Audit {
  /**
   * Does the work and writes it down, with what it changed in the settings. The answer waits until that is durable; a log that cannot be
   * written fails the call, so that nothing goes on changing unseen.
   */
  during<T>(deed: Deed, work: () => Promise<T>): Promise<T>;
  /** Newest first. */
  page(query: AuditQuery): Promise<AuditPage>;
}

interface AuditDeps<Settings> {
  store: Pick<Store, 'read' | 'commit'>;
  settings: { onChange(listener: (after: Settings, before: Settings) => void): () => void };
  clock: { now(): number };
}

export function createAudit<Settings>({ store, settings, clock }: AuditDeps<Settings>): Audit {
  const createId = createIds();
  // A change of the settings is told in the flow of the call that asked for it, also when several are made at a time.
  const current = new AsyncLocalStorage<{ before: Settings; after: Settings }[]>();
  settings.onChange((after, before) => current.getStore()?.push({ before, after }));

  return {
    async during(deed, work) {
      const settled: { before: Settings; after: Settings }[] = [];
      const result = await current.run(settled, work);
      const changes =
        settled.length === 0
          ? changesAsked(deed.asked)
          : settled.flatMap(({ before, after }) => changesBetween(before, after));
      const at = clock.now();
      const row = {
        id: createId(at),
        at,
        who: deed.by?.id ?? '',
        who_name: deed.by?.name ?? '',
        role: deed.by?.role ?? '',
        proved_by: deed.by?.by ?? '',
        address: deed.address,
        method: deed.method,
        path: deed.path,
        what: deed.what,
        target: JSON.stringify(deed.target),
        changes: JSON.stringify(changes),
      };
      await store.commit((tx) => tx.insertInto('audit').values(row).execute());
      return result;
    },
    page: (query) => readPage(store.read, query),
  };
}

async function readPage(read: Kysely<Database>, { who, search, after, limit = defaultPageSize }: AuditQuery) {
  let rows = read.selectFrom('audit').selectAll();
  if (who !== undefined) rows = rows.where('who', '=', who);
  if (search !== undefined) {
    const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
    rows = rows.where(
      sql<boolean>`what || ' ' || who_name || ' ' || target || ' ' || changes like ${pattern} escape '\\'`,
    );
  }
  if (after !== undefined) rows = rows.where('id', '<', decodeCursor(after, ['string'])[0]);
  const found = await rows
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = cutPage(found, limit, ({ id }) => [id]);
  return { items: page.rows.map(itemOf), next: page.next };
}

function itemOf(row: Database['audit']): AuditItem {
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    who: { id: row.who, name: row.who_name, role: row.role, by: row.proved_by },
    address: row.address,
    method: row.method,
    path: row.path,
    what: row.what,
    target: JSON.parse(row.target),
    changes: JSON.parse(row.changes),
  };
}
