import type { Selectable } from 'kysely';
import type { ReconciliationView } from '../../schemas/api/mailbox-truth.ts';
import type { Topic } from '../../schemas/api/system.ts';
import { coerceError, UserError } from '../../schemas/errors.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import type { Database } from '../store/database.ts';
import { createIds } from '../store/ids.ts';
import type { Store } from '../store/store.ts';
import { countDoubled, findMissing } from './find-missing.ts';
import { lastDue, nextTry } from './nightly.ts';

const lookMs = 60_000;
const shown = 20;
/** So many tries of one night fail before it is an alarm: a server that restarts is none. */
const failuresToTell = 3;

interface Listed {
  folder: string;
  serverKey: string;
  isBeginning?: true;
}

interface ReconciliationDeps {
  store: Pick<Store, 'read' | 'commit'>;
  settings: { read(): Settings };
  /** Lists what the server has, and takes what is missing; see Mailboxes. */
  list(mailbox: Mailbox, missing: (listed: readonly Listed[]) => Promise<readonly Listed[]>): Promise<void>;
  alarms: {
    raise(condition: { kind: 'not-reconciled'; about: string; mailbox: string; message: string }): Promise<void>;
    clear(kind: 'not-reconciled', about: string): Promise<void>;
  };
  clock: { now(): number };
  log: { warn(data: object, message: string): void };
  onChange: (topic: Topic) => void;
}

/** Compares the ledger with the mail servers, every night and when somebody asks; what is missing is taken. */
export interface Reconciliation {
  start(): Promise<void>;
  /** Resolves when no comparison runs any more. */
  stop(): Promise<void>;
  /** Begins one. @throws UserError `comparison-running` (409), `mailbox-not-comparable` (409). */
  begin(mailbox: Mailbox, cause: ReconciliationView['cause']): Promise<ReconciliationView>;
  /** Begins those that are due by the clock; resolves when they have ended. */
  runDue(): Promise<void>;
  /** The last ones, newest first. */
  of(mailbox: string): Promise<ReconciliationView[]>;
}

export function createReconciliation(deps: ReconciliationDeps): Reconciliation {
  const { store, clock, onChange } = deps;
  const nextId = createIds();
  const running = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let pass: Promise<void> = Promise.resolve();

  async function compare(row: Row, mailbox: Mailbox): Promise<void> {
    const listed = new Set<string>();
    const lacking: Listed[] = [];
    let failure: string | null = null;
    try {
      await deps.list(mailbox, async (mails) => {
        for (const { folder, serverKey } of mails) listed.add(`${folder}\n${serverKey}`);
        const missing = await findMissing(store.read, mailbox.id, mails);
        lacking.push(...missing);
        return missing;
      });
    } catch (thrown) {
      const error = coerceError(thrown);
      failure = error.message;
      deps.log.warn({ mailbox: mailbox.name, error }, 'A mailbox could not be compared with its server');
    }
    const left = await findMissing(store.read, mailbox.id, lacking);
    const isOnServer = ({ folder, serverKey }: Listed) => {
      const key = `${folder}\n${serverKey}`;
      // Or by how the key begins, where the server knows no more of it.
      return listed.has(key) || listed.has(key.slice(0, key.lastIndexOf(':') + 1));
    };
    const doubled = failure === null ? await countDoubled(store.read, mailbox.id, isOnServer) : 0;
    const result = {
      state: failure === null ? 'done' : 'failed',
      ended_at: clock.now(),
      on_server: listed.size,
      missing: lacking.length,
      taken: lacking.length - left.length,
      doubled,
      error: failure ?? '',
    } as const;
    await store.commit((tx) => tx.updateTable('reconciliations').set(result).where('id', '=', row.id).execute());
    onChange('mailboxes');
    // Deleted meanwhile: nobody could look after an alarm of it.
    if (!deps.settings.read().mailboxes.some(({ id }) => id === mailbox.id)) return;
    const message = `${mailbox.name} and its server did not agree: ${lacking.length} mails were missing here (${result.taken} of them are taken now), and ${doubled} stand here twice. See the comparisons on the mailbox's page.`;
    const about = mailbox.id;
    if (lacking.length + doubled > 0) {
      await deps.alarms.raise({ kind: 'not-reconciled', about, mailbox: about, message });
    } else if (failure === null) {
      await deps.alarms.clear('not-reconciled', about);
    } else {
      await tellFailure(mailbox, failure);
    }
  }

  /** Newest first; of one night that is no more than a try an hour. */
  async function begunSince(mailbox: string, due: number): Promise<Row[]> {
    const rows = store.read.selectFrom('reconciliations').selectAll().where('mailbox', '=', mailbox);
    return await rows.where('started_at', '>=', due).orderBy('id', 'desc').limit(50).execute();
  }

  async function tellFailure({ id, name }: Mailbox, failure: string): Promise<void> {
    const tried = await begunSince(id, lastDue(deps.settings.read().reconciliation, id, clock.now()));
    if (tried.length < failuresToTell || tried.some(({ state }) => state === 'done')) return;
    const message = `${name} could not be compared with its server: ${failure} It was tried ${tried.length} times, and is tried again every hour. Verify the connection on the mailbox's page.`;
    await deps.alarms.raise({ kind: 'not-reconciled', about: id, mailbox: id, message });
  }

  async function begin(mailbox: Mailbox, cause: ReconciliationView['cause']): Promise<ReconciliationView> {
    if (mailbox.type === 'smtp-receiver') {
      const message = 'Programs hand mail over to the receiver: there is no server to compare it with.';
      throw new UserError('mailbox-not-comparable', message, { status: 409 });
    }
    if (running.has(mailbox.id)) {
      throw new UserError('comparison-running', 'This mailbox is being compared already.', { status: 409 });
    }
    const now = clock.now();
    const nothing = { ended_at: null, on_server: 0, missing: 0, taken: 0, doubled: 0, error: '' };
    const row: Row = { id: nextId(now), mailbox: mailbox.id, cause, state: 'running', started_at: now, ...nothing };
    const work = store
      .commit((tx) => tx.insertInto('reconciliations').values(row).execute())
      .then(() => compare(row, mailbox))
      .catch((thrown: unknown) => deps.log.warn({ error: coerceError(thrown) }, 'A comparison could not be recorded'))
      .finally(() => running.delete(mailbox.id));
    running.set(mailbox.id, work);
    onChange('mailboxes');
    return viewOf(row);
  }

  async function wasCompared(mailbox: string): Promise<boolean> {
    const rows = store.read.selectFrom('reconciliations').select('id').where('mailbox', '=', mailbox);
    return (await rows.limit(1).executeTakeFirst()) !== undefined;
  }

  async function runDue(): Promise<void> {
    const now = clock.now();
    const { mailboxes, reconciliation } = deps.settings.read();
    for (const mailbox of mailboxes) {
      if (stopping || !mailbox.enabled || mailbox.type === 'smtp-receiver' || running.has(mailbox.id)) continue;
      const due = lastDue(reconciliation, mailbox.id, now);
      const next = nextTry(due, await begunSince(mailbox.id, due));
      if (next === null || next > now) continue;
      // A new mailbox waits for its first night; one that was compared before is compared late where Sluice was off at its hour.
      if (now - due > lookMs * 2 && !(await wasCompared(mailbox.id))) continue;
      await begin(mailbox, 'nightly');
      // One after the other: nothing is in a hurry, and servers have limits.
      await running.get(mailbox.id);
    }
  }

  const tick = () => {
    pass = runDue()
      .catch((thrown: unknown) => deps.log.warn({ error: coerceError(thrown) }, 'Comparisons could not be begun'))
      .finally(() => {
        if (!stopping) timer = setTimeout(tick, lookMs).unref();
      });
  };

  return {
    async start() {
      const error = 'Sluice stopped while it compared.';
      await store.commit((tx) =>
        tx
          .updateTable('reconciliations')
          .set({ state: 'failed', error, ended_at: clock.now() })
          .where('state', '=', 'running')
          .execute(),
      );
      timer = setTimeout(tick, lookMs).unref();
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await Promise.all(running.values());
      await pass;
    },
    begin,
    runDue,
    async of(mailbox) {
      const rows = store.read.selectFrom('reconciliations').selectAll().where('mailbox', '=', mailbox);
      const [newest, ...older] = await rows.orderBy('id', 'desc').limit(shown).execute();
      if (newest === undefined) return [];
      const due = lastDue(deps.settings.read().reconciliation, mailbox, clock.now());
      const next = newest.state === 'failed' ? nextTry(due, await begunSince(mailbox, due)) : null;
      return [viewOf(newest, next), ...older.map((row) => viewOf(row))];
    },
  };
}

type Row = Selectable<Database['reconciliations']>;

function viewOf(row: Row, nextTryAt: number | null = null): ReconciliationView {
  return {
    id: row.id,
    cause: row.cause,
    state: row.state,
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
    onServer: row.on_server,
    missing: row.missing,
    taken: row.taken,
    doubled: row.doubled,
    error: row.error,
    nextTryAt: nextTryAt === null ? null : new Date(nextTryAt).toISOString(),
  };
}
