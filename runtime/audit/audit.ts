import { AsyncLocalStorage } from 'node:async_hooks';
import { type Kysely, sql } from 'kysely';
import type { AuditChange, AuditItem, AuditPage, AuditQuery } from '../../schemas/api/audit.ts';
import type { Database } from '../store/database.ts';
import { createIds } from '../store/ids.ts';
import { likePart } from '../store/like-part.ts';
import { cutPage, decodeCursor, defaultPageSize, lookedAt } from '../store/page-cursor.ts';
import type { Store } from '../store/store.ts';
import { changesAsked, changesBetween } from './changes.ts';
import { standOf } from './stand-of.ts';

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

/**
 * The log of every change and of who came in: who, what, before and after. A change that is refused changes nothing and is not in it; one
 * of which only what comes after it fails is.
 */
export interface Audit {
  /**
   * Does the work and writes it down, with what it changed in the settings and of the mail, answer or flow that it is about. The answer waits until that is durable; a log that cannot be
   * written fails the call, so that nothing goes on changing unseen.
   *
   * @param deed what is only known afterwards is told by a function of the result.
   */
  during<T>(deed: Deed | ((result: T) => Deed), work: () => Promise<T>): Promise<T>;
  /** Writes down what changes nothing and is worth knowing all the same, as that somebody came in. Resolves when it is durable. */
  add(deed: Omit<Deed, 'asked'>): Promise<void>;
  /** Writes down what Sluice itself did by the rules that somebody set. */
  note(what: string, counts: Readonly<Record<string, number>>): Promise<void>;
  /** Newest first. */
  page(query: AuditQuery): Promise<AuditPage>;
}

/** Of Sluice itself. */
const ownDeed = { by: { id: '', name: 'Sluice', role: '', by: '' }, address: '', method: '', path: '', target: {} };

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

  async function write(deed: Omit<Deed, 'asked'>, changes: AuditChange[]): Promise<void> {
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
  }

  return {
    async during(told, work) {
      const settled: { before: Settings; after: Settings }[] = [];
      const changed = () => settled.flatMap(({ before, after }) => changesBetween(before, after));
      const known = typeof told === 'function' ? null : told;
      const before = known === null ? {} : await standOf(store.read, known);
      let result: Awaited<ReturnType<typeof work>>;
      try {
        result = await current.run(settled, work);
      } catch (thrown) {
        // What came after the change failed; the change stands.
        if (known !== null && settled.length > 0) await write(known, changed());
        throw thrown;
      }
      const deed = typeof told === 'function' ? told(result) : told;
      const moved = known === null ? [] : changesBetween(before, await standOf(store.read, known));
      const asked = settled.length > 0 ? changed() : changesAsked(deed.asked);
      const movedPaths = new Set(moved.map(({ path }) => path));
      await write(deed, [...moved, ...asked.filter(({ path }) => !movedPaths.has(path))]);
      return result;
    },
    add: (deed) => write(deed, []),
    note: (what, counts) => write({ ...ownDeed, what }, changesAsked(counts)),
    page: (query) => readPage(store.read, query),
  };
}

async function readPage(read: Kysely<Database>, { who, search, after, limit = defaultPageSize }: AuditQuery) {
  const before = after === undefined ? null : decodeCursor(after, ['string'])[0];
  let candidates = read.selectFrom('audit').orderBy('id', 'desc');
  if (who !== undefined) candidates = candidates.where('who', '=', who);
  if (before !== null) candidates = candidates.where('id', '<', before);
  let rows = candidates.selectAll();
  let reach: string | null = null;
  if (search !== undefined && search !== '') {
    const last = candidates.select('id').offset(lookedAt - 1);
    reach = (await last.limit(1).executeTakeFirst())?.id ?? null;
    if (reach !== null) rows = rows.where('id', '>=', reach);
    rows = rows.where(
      sql<boolean>`what || ' ' || who_name || ' ' || target || ' ' || changes like ${likePart(search)} escape '\\'`,
    );
  }
  const found = await rows.limit(limit + 1).execute();
  const page = cutPage(found, limit, ({ id }) => [id], reach === null ? null : [reach]);
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
