import { type Kysely, sql, type Transaction } from 'kysely';
import { coerceError } from '../../schemas/errors.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';

const lookMs = 5_000;
/** Mails of one commit: some milliseconds, for which mail that comes in waits. */
const batch = 200;
/** A search looks at so many mails one by one without being slow; beyond them the index does not wait for a quieter time. */
const patience = 10_000;
/** While mail comes in it works a tenth of the time, and half of it while none does: a million mails that were never indexed keep nobody waiting. */
const usualRestFactors = { busy: 9, quiet: 1 };
const shortestRestMs = 5;
const tellEveryMs = 15_000;

/** Keeps the index of what subjects and senders hold: behind the mail that comes in, never in its way. */
export interface SearchIndex {
  start(): void;
  stop(): Promise<void>;
  /** Indexes all that there is; resolves when it is done, or stopped. */
  catchUp(): Promise<void>;
}

export function createSearchIndex(deps: {
  store: Pick<Store, 'read' | 'commit'>;
  log: { info(data: object, message: string): void; error(data: object, message: string): void };
  /** How much longer than it works it rests. */
  restFactors?: { busy: number; quiet: number };
}): SearchIndex {
  const { store, log, restFactors = usualRestFactors } = deps;
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;
  let working: Promise<void> | null = null;
  let newestSeen = Number.NaN;
  let toldAt = 0;

  async function work(): Promise<void> {
    const begun = await unindexedMails(store.read);
    let newest = await newestLedger(store.read);
    toldAt = performance.now();
    for (;;) {
      const before = performance.now();
      if (isStopping || (await store.commit(indexSome)) === 0) return;
      const took = performance.now() - before;
      if (begun > patience) await tell(begun);
      const newer = await newestLedger(store.read);
      const factor = newer === newest ? restFactors.quiet : restFactors.busy;
      newest = newer;
      await new Promise((resolve) => setTimeout(resolve, Math.max(shortestRestMs, took * factor)).unref());
    }
  }

  async function tell(begun: number): Promise<void> {
    if (performance.now() - toldAt < tellEveryMs) return;
    toldAt = performance.now();
    const left = await unindexedMails(store.read);
    log.info({ left, of: begun }, 'Mails are being indexed for the search; until then it looks at them one by one');
  }

  function catchUp(): Promise<void> {
    working ??= work().finally(() => {
      working = null;
    });
    return working;
  }

  async function look(): Promise<void> {
    const newest = await newestLedger(store.read);
    const isQuiet = newest === newestSeen;
    newestSeen = newest;
    const { indexed } = await progress(store.read);
    const isNeeded = newest > indexed || (await hasAgain(store.read));
    if (isNeeded && (isQuiet || newest - indexed > patience)) await catchUp();
  }

  const tick = () => {
    timer = setTimeout(() => {
      look()
        .catch((thrown: unknown) =>
          log.error({ error: coerceError(thrown) }, 'Mails could not be indexed; trying again'),
        )
        .finally(() => {
          if (!isStopping) tick();
        });
    }, lookMs).unref();
  };

  return {
    start: tick,
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await working?.catch(() => undefined);
    },
    catchUp,
  };
}

/** About how many mails a search looks at one by one, for want of an index: ledger ids have no gaps. */
export async function unindexedMails(read: Kysely<Database>): Promise<number> {
  const { indexed } = await progress(read);
  return Math.max(0, (await newestLedger(read)) - indexed);
}

/** Indexes the next mails, those first that came late or changed. Returns how many. */
async function indexSome(tx: Transaction<Database>): Promise<number> {
  const again = await tx.selectFrom('search_again').select('ledger').limit(batch).execute();
  if (again.length > 0) {
    const ledgers = again.map((row) => row.ledger);
    const list = sql.join(ledgers.map((ledger) => sql.lit(ledger)));
    await sql`
      insert or replace into mail_search (rowid, words)
      select ledger, subject || char(10) || from_address from interactions where ledger in (${list}) group by ledger
    `.execute(tx);
    await tx.deleteFrom('search_again').where('ledger', 'in', ledgers).execute();
    return ledgers.length;
  }
  const { indexed } = await progress(tx);
  const rows = await tx
    .selectFrom('interactions')
    .select('ledger')
    .where('ledger', '>', indexed)
    .groupBy('ledger')
    .orderBy('ledger')
    .limit(batch)
    .execute();
  const last = rows.at(-1)?.ledger;
  if (last === undefined) return 0;
  await sql`
    insert or replace into mail_search (rowid, words)
    select ledger, subject || char(10) || from_address from interactions
    where ledger > ${indexed} and ledger <= ${last} group by ledger
  `.execute(tx);
  await tx.updateTable('search_progress').set({ indexed: last }).execute();
  return rows.length;
}

function progress(read: Kysely<Database>) {
  return read.selectFrom('search_progress').select('indexed').executeTakeFirstOrThrow();
}

async function newestLedger(read: Kysely<Database>): Promise<number> {
  const row = await read
    .selectFrom('interactions')
    .select((select) => select.fn.max('ledger').as('ledger'))
    .executeTakeFirst();
  return row?.ledger ?? 0;
}

async function hasAgain(read: Kysely<Database>): Promise<boolean> {
  return (await read.selectFrom('search_again').select('ledger').limit(1).executeTakeFirst()) !== undefined;
}
