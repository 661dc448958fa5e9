import { sql, type Transaction } from 'kysely';
import type { LedgerState } from '../../schemas/interaction.ts';
import type { Run } from '../../schemas/run.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import type { Outbox } from '../outbound/outbox.ts';
import { rank } from '../queues/rank.ts';
import type { Database } from '../store/database.ts';
import { prepare } from '../store/prepare.ts';
import type { Store } from '../store/store.ts';
import type { TrafficCounts } from '../traffic/traffic.ts';
import { emailJson, runJson } from './bounded-json.ts';
import type { MailEntry } from './mail-entry.ts';
import type { Settlement } from './settlement.ts';

/**
 * Writes all that becomes of a mail in one commit: interaction, email and run, outgoing mails, the ledger's final state.
 * Resolves with false where the mail was settled already: then nothing is written, so a repeated settle doubles nothing.
 */
export type Settle = (entry: MailEntry, settlement: Settlement) => Promise<boolean>;

type InteractionValues = Omit<Database['interactions'], 'claimed_by' | 'claimed_until' | 'finished_at'>;

/** The ledger counts server messages, and knows no difference between kinds of waiting for a person. */
const ledgerStates = {
  queued: 'queued',
  disconnected: 'disconnected',
  quarantined: 'quarantined',
  held: 'quarantined',
} as const satisfies Record<Settlement['state'], LedgerState>;

export function createSettle(deps: {
  store: Pick<Store, 'commit'>;
  outbox: Pick<Outbox, 'review' | 'enqueue'>;
  settings: { read(): Settings };
  traffic: Pick<TrafficCounts, 'count'>;
  clock: { now(): number };
}): Settle {
  const close = prepare<{ id: number; state: LedgerState; reason: string; settled_at: number }, never>((db, value) =>
    db
      .updateTable('ledger')
      .set({ state: value('state'), reason: value('reason'), settled_at: value('settled_at') })
      .where('id', '=', value('id'))
      // Written out, not bound: with a bound value SQLite could not use the partial index.
      .where(sql<boolean>`state = 'received'`)
      .$castTo<never>(),
  );
  const insertInteraction = prepare<InteractionValues, never>((db, value) =>
    db
      .insertInto('interactions')
      .values({
        id: value('id'),
        ledger: value('ledger'),
        state: value('state'),
        queue: value('queue'),
        priority: value('priority'),
        rank: value('rank'),
        skills: value('skills'),
        subject: value('subject'),
        from_address: value('from_address'),
        from_name: value('from_name'),
        preview: value('preview'),
        received_at: value('received_at'),
        mailbox: value('mailbox'),
        flow: value('flow'),
        version: value('version'),
        reason: value('reason'),
      })
      .$castTo<never>(),
  );
  const insertDetails = prepare<Database['interaction_details'], never>((db, value) =>
    db
      .insertInto('interaction_details')
      .values({ interaction: value('interaction'), email: value('email'), run: value('run') })
      .$castTo<never>(),
  );

  async function write(tx: Transaction<Database>, entry: MailEntry, settlement: Settlement): Promise<boolean> {
    const closed = await close(tx, {
      id: entry.ledger,
      state: ledgerStates[settlement.state],
      reason: settlement.reason,
      settled_at: deps.clock.now(),
    });
    if (closed.numAffectedRows !== 1n) return false;

    const { email } = settlement;
    const mailbox = mailboxOf(deps.settings.read(), entry.mailbox);
    const run = settlement.run === null || email === null ? settlement.run : await reviewed(tx, settlement.run);
    await insertInteraction(tx, interactionRow(entry, settlement));
    await insertDetails(tx, {
      interaction: entry.interaction,
      email: email === null ? null : emailJson(email),
      run: run === null ? null : runJson(run),
    });
    if (run !== null && email !== null && run.effects.length > 0) {
      await deps.outbox.enqueue(tx, { interaction: entry.interaction, email, mailbox, effects: run.effects });
    }
    if (run !== null) deps.traffic.count(tx, run);
    return true;

    async function reviewed(within: Transaction<Database>, before: Run): Promise<Run> {
      if (before.effects.length === 0 || email === null) return before;
      return { ...before, effects: await deps.outbox.review(within, { email, mailbox, effects: before.effects }) };
    }
  }

  return (entry, settlement) => deps.store.commit((tx) => write(tx, entry, settlement));
}

/** What lists show is cut, so that a page of 200 rows stays small whatever a sender writes. */
const shownCharacters = 500;

function interactionRow(entry: MailEntry, settlement: Settlement): InteractionValues {
  const shown = settlement.email ?? settlement.head;
  return {
    id: entry.interaction,
    ledger: entry.ledger,
    state: settlement.state,
    queue: settlement.queue,
    priority: settlement.priority,
    rank: rank(entry.receivedAt, settlement.priority),
    skills: JSON.stringify(settlement.skills),
    subject: (shown?.subject ?? '').slice(0, shownCharacters),
    from_address: (shown?.from.address || entry.envelope?.from || '').slice(0, shownCharacters),
    from_name: (shown?.from.name ?? '').slice(0, shownCharacters),
    preview: (settlement.email?.preview ?? '').slice(0, shownCharacters),
    received_at: entry.receivedAt,
    mailbox: entry.mailbox,
    flow: settlement.flow,
    version: settlement.version,
    reason: settlement.reason,
  };
}

/** A mailbox may be removed while its last mails are under way: they still settle, and answers come from its routes' addresses. */
function mailboxOf(settings: Settings, id: string): Mailbox {
  return (
    settings.mailboxes.find((mailbox) => mailbox.id === id) ?? {
      id,
      name: id,
      type: 'imap',
      address: '',
      enabled: false,
      folders: [],
      pollSeconds: 60,
      maxBytes: 1_048_576,
    }
  );
}
