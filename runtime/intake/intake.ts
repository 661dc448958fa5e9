import type { Topic } from '../../schemas/api/system.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Repair } from '../../schemas/repair.ts';
import type { Run } from '../../schemas/run.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import type { EnginePorts } from '../engine/ports.ts';
import { runFlow } from '../engine/run-flow.ts';
import { createJudge } from '../filters/judge.ts';
import type { ParsedMail } from '../mail/parsed-mail.ts';
import type { Sign } from '../outbound/bounce-token.ts';
import type { Outbox } from '../outbound/outbox.ts';
import type { SenderProof } from '../sender-proof/sender-proof.ts';
import type { Store } from '../store/store.ts';
import type { TrafficCounts } from '../traffic/traffic.ts';
import { createAccept, type IncomingMail } from './accept.ts';
import type { AcceptInput } from './accept-writing.ts';
import { createByHand } from './by-hand.ts';
import { createChangeNotes } from './change-notes.ts';
import { type ConversationsByHand, createConversationsByHand } from './conversations.ts';
import { createFilter } from './filter.ts';
import { findConversation } from './find-conversation.ts';
import { letThrough, type MailEntry, notHandedOver } from './mail-entry.ts';
import { createParse, type Parser } from './parse.ts';
import { createPending } from './pending.ts';
import { createProve } from './prove.ts';
import { createPump, defaultRetryDelaysMs } from './pump.ts';
import { createQuarantine } from './quarantine.ts';
import { recipientsOf } from './route.ts';
import { createRun, type InteractionSettlement } from './run.ts';
import { createSettle } from './settle.ts';
import type { SettleInput } from './settle-writing.ts';
import { effectsOf, heldStranger, quarantined, reasonOf, type Settlement } from './settlement.ts';
import { createFetchRest, type FetchRest, type FetchWhole } from './whole-mail.ts';

export interface Intake extends ConversationsByHand {
  /**
   * Stores mails and cursor in one durable commit. When it resolves the server may be told; when it rejects nothing was stored.
   * Works before `start` too: what is accepted then is run from `start` on.
   *
   * @throws OperationalError `store-full`, `store-failed`.
   */
  accept(mailbox: Mailbox, mails: readonly IncomingMail[], cursor?: { folder: string; value: string }): Promise<void>;
  loadCursor(mailboxId: string, folder: string): Promise<string | undefined>;
  /** Resumes what a former process left, in order, and runs what is accepted from now on. */
  start(): Promise<void>;
  /** Resolves when no mail is under way; those that are not settled wait in the ledger. Stop the sources first. */
  stop(): Promise<void>;
  /** Resolves when nothing received is unsettled. */
  idle(): Promise<void>;
  /**
   * Parses, routes and runs a quarantined, held or skipped mail again, past the filters if one of them stopped it, under the same interaction id; resolves when that is durable, not when it ran.
   *
   * @throws UserError `interaction-not-found` (404), `interaction-not-retryable` (409).
   */
  retry(interactionId: string, who?: string): Promise<void>;
  /**
   * Takes a sender's word for being a person, by the token of the link, and runs every mail of theirs that was held for it. A link that is not
   * open (any more) changes nothing.
   */
  confirmSender(token: string): Promise<void>;
  /**
   * Puts a mail into a queue without a flow.
   *
   * @throws UserError `interaction-not-found` (404), `interaction-not-routable` (409), `unknown-queue`.
   */
  routeByHand(interactionId: string, queue: string, priority: number, who?: string): Promise<void>;
  /** Says how a quarantined mail is to be read, and runs it again. Throws as `Quarantine` does. */
  repair(interactionId: string, repair: Repair, who: string): Promise<void>;
  /** Deletes a quarantined mail for good. Throws as `Quarantine` does. */
  discard(interactionId: string, who: string): Promise<void>;
  fetchRest: FetchRest;
}

export interface IntakeDeps {
  store: Store;
  parser: Parser;
  flows: { published(id: string): { flow: Flow; version: number } | null };
  settings: { read(): Settings; sign: Sign };
  engine: EnginePorts;
  write: { accept(input: AcceptInput): Promise<(number | null)[]>; settle(input: SettleInput): Promise<boolean> };
  /** Asks a mailbox for the whole of a mail that was shortened. */
  fetchWhole: FetchWhole;
  outbox: Pick<Outbox, 'wake'>;
  proof: Pick<SenderProof, 'check'>;
  traffic: Pick<TrafficCounts, 'wasCounted'>;
  clock: { now(): number };
  /** Where senders reach this server; see FilterDeps. */
  publicUrl(): string;
  log: { warn(data: object, message: string): void; error(data: object, message: string): void };
  onChange: (topic: Topic) => void;
  /** Each run whose outcome is stored, for the metrics. */
  onRun?: (run: Run) => void;
  /** Waits between the tries of one mail; the last also between tries to write a store that fails. */
  retryDelaysMs?: readonly number[];
}

/** At most the head of such a mail is here: enough to show who wrote, and about what. */
const headOnlyReason = `${notHandedOver}: the server did not hand over the mail as a whole; at most its head was taken.`;

/** The way of one mail: accept, acknowledge, parse, route, run, settle; see docs/architecture.md. */
export function createIntake(deps: IntakeDeps): Intake {
  const { store } = deps;
  const changed = createChangeNotes(deps.onChange);
  const accept = createAccept(deps);
  const byHand = createByHand(deps);
  const quarantine = createQuarantine(deps);
  const conversations = createConversationsByHand(deps);
  const parse = createParse(deps);
  const judge = createJudge(deps.settings);
  const prove = createProve({ ...deps, ...judge, bytesOf: parse.bytes });
  const read = async (entry: MailEntry) => prove(entry, await parse.mail(entry));
  const fetchRest = createFetchRest({ ...deps, parse: { mail: read } });
  const filter = createFilter({ ...deps, ...judge });
  const run = createRun({ ...deps, runFlow: (flow, email, context) => runFlow(flow, email, context, deps.engine) });
  const pump = createPump({
    pending: createPending(store),
    attempt,
    settle: createSettle({ ...deps, bytesOf: parse.bytes }),
    warmUp: () =>
      deps.parser.parseToJson(Buffer.from('Subject: none\r\n\r\n'), { own: { addresses: [], installation: '' } }).then(
        () => undefined,
        // Whatever is wrong shows with the first mail, and is handled there.
        () => undefined,
      ),
    onSettled(_entry, settled) {
      changed('interactions', 'queues', 'ledger');
      const ran = settled.flatMap(({ settlement }) => settlement.run ?? []);
      for (const each of ran) {
        deps.onRun?.(each);
        deps.traffic.wasCounted();
      }
      if (settled.every(({ settlement }) => effectsOf(settlement).length === 0)) return;
      changed('outbox');
      deps.outbox.wake();
    },
    log: deps.log,
    retryDelaysMs: deps.retryDelaysMs ?? defaultRetryDelaysMs,
  });

  async function attempt(entry: MailEntry): Promise<InteractionSettlement[]> {
    const alone = (settlement: Settlement) => [{ interaction: entry.interaction, settlement }];
    let mail: ParsedMail;
    try {
      mail = entry.verdict === notHandedOver ? await parse.mail(entry) : await read(entry);
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown;
      const reason = entry.verdict === notHandedOver ? headOnlyReason : reasonOf(thrown);
      return alone(quarantined(reason, null, await parse.head(entry)));
    }
    // The flow may wait for the outside for long; the source is in the store.
    entry.bytes = null;
    if (entry.verdict === notHandedOver) return alone(quarantined(headOnlyReason, mail));
    const stopped = entry.verdict === letThrough ? null : await filter(entry, mail);
    if (stopped !== null) return alone(stopped);
    const found = await findConversation(store.read, mail.email, {
      recipients: recipientsOf(mail.email, entry.envelope),
      sign: deps.settings.sign,
      now: deps.clock.now(),
    });
    if (found === null) return run(entry, mail);
    const { isStranger, ...link } = found;
    if (isStranger && entry.verdict !== letThrough) return alone({ ...heldStranger(mail), link });
    const settled = await run(entry, mail);
    return settled.map(({ interaction, settlement }) => ({ interaction, settlement: { ...settlement, link } }));
  }

  return {
    async accept(mailbox, mails, cursor) {
      const accepted = await accept(mailbox, mails, cursor).catch((thrown: unknown) => {
        // Whoever could not tell us that it had stored them may have done so.
        pump.missed();
        throw thrown;
      });
      if (accepted.length === 0) return;
      pump.offer(accepted);
      changed('interactions', 'ledger');
    },
    async loadCursor(mailboxId, folder) {
      const row = await store.read
        .selectFrom('cursors')
        .select('value')
        .where('mailbox', '=', mailboxId)
        .where('folder', '=', folder)
        .executeTakeFirst();
      return row?.value;
    },
    start: pump.start,
    stop: pump.stop,
    idle: pump.idle,
    async retry(interactionId, who) {
      pump.again(await byHand.reopen(interactionId, who));
      changed('interactions', 'ledger', 'queues');
    },
    async fetchRest(interactionId) {
      await fetchRest(interactionId);
      changed('interactions', 'ledger');
    },
    async confirmSender(token) {
      const entries = await byHand.confirm(token);
      for (const entry of entries) pump.again(entry);
      if (entries.length > 0) changed('interactions', 'ledger', 'queues');
    },
    async routeByHand(interactionId, queue, priority, who) {
      await byHand.route(interactionId, queue, priority, who);
      changed('interactions', 'ledger', 'queues');
    },
    async repair(interactionId, repair, who) {
      await quarantine.repair(interactionId, repair, who);
      pump.again(await byHand.reopen(interactionId, who));
      changed('interactions', 'ledger', 'queues');
    },
    async merge(interactionId, into, who) {
      await conversations.merge(interactionId, into, who);
      changed('interactions');
    },
    async split(interactionId, who) {
      await conversations.split(interactionId, who);
      changed('interactions');
    },
    async discard(interactionId, who) {
      await quarantine.discard(interactionId, who);
      changed('interactions', 'ledger');
    },
  };
}
