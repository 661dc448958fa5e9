import type { Transaction } from 'kysely';
import { UserError } from '../../schemas/errors.ts';
import type { InteractionState } from '../../schemas/interaction.ts';
import type { Settings } from '../../schemas/settings.ts';
import { awaitsConfirmation, confirmSender } from '../filters/challenges.ts';
import { rank } from '../queues/rank.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { combinedState, doneRoutes, readDone } from './done-routes.ts';
import { noteIntervention } from './interventions.ts';
import { isHeadOnly, letThrough, type MailEntry, notHandedOver } from './mail-entry.ts';
import { strangerReply } from './settlement.ts';
import { sourceRemoved } from './source-removed.ts';

/** What a person does with mails that wait for one. */
export interface ByHand {
  /**
   * Puts a quarantined, held or skipped mail back to where it was just after acceptance, under the same interaction id. One that a filter
   * stopped passes the filters from now on.
   *
   * @throws UserError `interaction-not-found` (404), `interaction-not-retryable` (409), `source-removed` (410).
   */
  reopen(interactionId: string, who?: string): Promise<MailEntry>;
  /** Takes the sender's word by their link, and puts back every mail of theirs that was held for it. */
  confirm(token: string): Promise<MailEntry[]>;
  /**
   * Puts a mail into a queue without running a flow.
   *
   * @throws UserError `interaction-not-found` (404), `interaction-not-routable` (409), `unknown-queue`.
   */
  route(interactionId: string, queue: string, priority: number, who?: string): Promise<void>;
}

const retryable: readonly InteractionState[] = ['quarantined', 'held', 'skipped'];
const routable: readonly InteractionState[] = ['quarantined', 'held', 'skipped', 'disconnected', 'queued'];

export function createByHand(deps: {
  store: Pick<Store, 'commit'>;
  settings: { read(): Settings };
  clock: { now(): number };
}): ByHand {
  return {
    reopen: (interaction, who) =>
      deps.store.commit(async (tx) => {
        const entry = await reopen(tx, interaction);
        const detail = entry.verdict === letThrough ? 'past the filters' : '';
        if (who !== undefined) {
          const { ledger } = entry;
          await noteIntervention(tx, { interaction, ledger, at: deps.clock.now(), who, action: 'retry', detail });
        }
        return entry;
      }),

    confirm: (token) =>
      deps.store.commit(async (tx) => {
        const entries: MailEntry[] = [];
        for (const id of await confirmSender(tx, token, deps.clock.now())) entries.push(await reopen(tx, id));
        return entries;
      }),

    async route(interactionId, queue, priority, who) {
      if (!deps.settings.read().queues.some((known) => known.id === queue)) {
        throw new UserError('unknown-queue', `There is no queue "${queue}".`, { data: { queue } });
      }
      await deps.store.commit(async (tx) => {
        const row = await tx
          .selectFrom('interactions')
          .select(['state', 'ledger', 'received_at'])
          .where('id', '=', interactionId)
          .executeTakeFirst();
        if (row === undefined) throw notFound(interactionId);
        if (!routable.includes(row.state)) {
          throw new UserError(
            'interaction-not-routable',
            `This mail is ${row.state}; it can be routed again once it is released.`,
            { status: 409, data: { state: row.state } },
          );
        }
        await tx
          .updateTable('interactions')
          .set({ state: 'queued', queue, priority, rank: rank(row.received_at, priority), reason: 'Routed by hand' })
          .where('id', '=', interactionId)
          .execute();
        const all = await tx.selectFrom('ledger').select(doneRoutes).where('id', '=', row.ledger).executeTakeFirst();
        const state = combinedState(readDone(all?.done ?? null).map((each) => each.state));
        await tx
          .updateTable('ledger')
          .set({ state, ...(state === 'queued' ? { reason: '' } : {}) })
          .where('id', '=', row.ledger)
          .where('state', '<>', 'received')
          .execute();
        if (who === undefined) return;
        const deed = { interaction: interactionId, ledger: row.ledger, at: deps.clock.now(), who };
        await noteIntervention(tx, { ...deed, action: 'route', detail: `${queue}, priority ${priority}` });
      });
    },
  };
}

async function reopen(tx: Transaction<Database>, interactionId: string): Promise<MailEntry> {
  const row = await tx
    .selectFrom('interactions')
    .innerJoin('ledger', 'ledger.id', 'interactions.ledger')
    .select(['interactions.state', 'ledger.id', 'ledger.mailbox', 'ledger.folder', 'ledger.envelope'])
    .select(['ledger.size', 'ledger.received_at', 'interactions.reason', 'ledger.whole_size', 'ledger.removed'])
    .where('interactions.id', '=', interactionId)
    .executeTakeFirst();
  if (row === undefined) throw notFound(interactionId);
  if (!retryable.includes(row.state)) {
    throw new UserError(
      'interaction-not-retryable',
      `This mail is ${row.state}. Only one that is quarantined, held or skipped can be run again.`,
      { status: 409, data: { state: row.state } },
    );
  }
  if (row.removed !== null) throw sourceRemoved(row.removed);
  const asked = await tx.selectFrom('outbox').select('id').where('interaction', '=', interactionId).executeTakeFirst();
  const verdict = asked === undefined ? verdictOf(row.state, row.reason) : letThrough;
  if (verdict === letThrough) {
    // It stays, since the question to the sender belongs to it; settle writes over it.
    await tx
      .updateTable('interactions')
      .set({ state: 'received', reason: '' })
      .where('id', '=', interactionId)
      .execute();
  } else {
    // Without its interaction the ledger row is again what accept left: one way through settle, and one through a crash.
    await tx.deleteFrom('interactions').where('id', '=', interactionId).execute();
  }
  await tx
    .updateTable('ledger')
    .set({ state: 'received', reason: verdict, attempts: 1, settled_at: null, interaction: interactionId })
    .where('id', '=', row.id)
    .execute();
  const others = await tx.selectFrom('ledger').select(doneRoutes).where('id', '=', row.id).executeTakeFirst();
  return {
    ledger: row.id,
    interaction: interactionId,
    mailbox: row.mailbox,
    folder: row.folder,
    envelope: row.envelope === null ? undefined : JSON.parse(row.envelope),
    receivedAt: row.received_at,
    size: row.size,
    wholeSize: row.whole_size ?? undefined,
    attempts: 1,
    verdict,
    bytes: null,
    done: readDone(others?.done ?? null),
  };
}

function verdictOf(state: InteractionState, reason: string): string {
  if (isHeadOnly(reason)) return notHandedOver;
  const isHeldBack = [awaitsConfirmation, strangerReply].some((code) => reason.startsWith(`${code}:`));
  return state === 'skipped' || isHeldBack ? letThrough : '';
}

function notFound(id: string): UserError {
  return new UserError('interaction-not-found', `There is no interaction ${id}, or its flow is still running.`, {
    status: 404,
  });
}
