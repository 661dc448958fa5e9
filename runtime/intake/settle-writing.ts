import { type Insertable, sql, type Transaction } from 'kysely';
import type { LedgerState } from '../../schemas/interaction.ts';
import type { Effect } from '../../schemas/run.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { type Challenge, createInsertChallenge } from '../filters/challenges.ts';
import type { DeliveryReport } from '../mail/delivery-report.ts';
import type { AnswerRows } from '../outbound/answer-rows.ts';
import type { AnsweredEmail } from '../outbound/answered-email.ts';
import type { ReportRows } from '../outbound/report-rows.ts';
import type { Database } from '../store/database.ts';
import { prepare } from '../store/prepare.ts';
import type { TrafficRows } from '../traffic/traffic-rows.ts';
import type { Passed } from '../traffic/ways.ts';
import { withEffects } from './bounded-json.ts';
import type { ConversationLink } from './find-conversation.ts';

export type InteractionValues = Omit<
  Insertable<Database['interactions']>,
  'claimed_by' | 'claimed_until' | 'finished_at' | 'route'
> & { route: string };

/** All that becomes of a mail. */
export interface SettleInput {
  ledger: number;
  state: LedgerState;
  reason: string;
  settledAt: number;
  /** One, or one for each route that the mail went to. */
  parts: readonly SettledPart[];
  /** What the mail reports of one that was sent. */
  report: DeliveryReport | null;
}

/** What becomes of it by one route. */
export interface SettledPart {
  interaction: InteractionValues;
  /** It may have an interaction from before. */
  isLetThrough: boolean;
  email: string | null;
  /** JSON of the run without its effects: the guard has its word on those first, and it counts what the store holds. */
  run: string | null;
  /** JSON of the route that took it, and why. */
  way: string | null;
  /** Which ways the mail took through a published version. */
  passed: Passed | null;
  answers: { email: AnsweredEmail; mailbox: Mailbox; route: string | null; effects: readonly Effect[] } | null;
  challenge: Challenge | null;
  link: ConversationLink | null;
}

/**
 * Writes interactions, email and runs, outgoing mails and the ledger's final state. False where the mail was settled already: then nothing is
 * written, so a repeated settle doubles nothing.
 */
export function createSettleWriting({
  answers,
  reports,
  traffic,
}: {
  answers: AnswerRows;
  reports: ReportRows;
  traffic: Pick<TrafficRows, 'count'>;
}) {
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
        route: value('route'),
      })
      .$castTo<never>(),
  );
  const insertDetails = prepare<Omit<Database['interaction_details'], 'removed'>, never>((db, value) =>
    db
      .insertInto('interaction_details')
      .values({ interaction: value('interaction'), email: value('email'), run: value('run'), way: value('way') })
      .$castTo<never>(),
  );

  const insertChallenge = createInsertChallenge();
  const insertLink = prepare<Database['conversation_links'], never>((db, value) =>
    db
      .insertInto('conversation_links')
      .values({ interaction: value('interaction'), conversation: value('conversation'), how: value('how') })
      // What a person put right stands.
      .onConflict((conflict) => conflict.doNothing())
      .$castTo<never>(),
  );

  /** A mail that was let through has stood among the interactions before, as skipped or held. */
  async function writeOver(tx: Transaction<Database>, { id, ...values }: InteractionValues): Promise<boolean> {
    const written = await tx.updateTable('interactions').set(values).where('id', '=', id).executeTakeFirst();
    await tx.deleteFrom('interaction_details').where('interaction', '=', id).execute();
    return written.numUpdatedRows === 1n;
  }

  async function writePart(tx: Transaction<Database>, part: SettledPart): Promise<void> {
    const { interaction } = part;
    const effects = part.answers === null ? [] : await answers.review(tx, part.answers);
    if (!part.isLetThrough || !(await writeOver(tx, interaction))) await insertInteraction(tx, interaction);
    await insertDetails(tx, {
      interaction: interaction.id,
      email: part.email,
      run: part.run === null ? null : withEffects(part.run, effects),
      way: part.way,
    });
    const { id, received_at: receivedAt } = interaction;
    if (part.answers !== null) await answers.enqueue(tx, { ...part.answers, interaction: id, receivedAt, effects });
    if (part.link !== null) await insertLink(tx, { interaction: interaction.id, ...part.link });
    // A question that the guard withholds reaches nobody: its link must not count as asked.
    if (part.challenge !== null && effects.some(({ allowed }) => allowed)) await insertChallenge(tx, part.challenge);
  }

  return async (tx: Transaction<Database>, input: SettleInput): Promise<boolean> => {
    const closed = await close(tx, {
      id: input.ledger,
      state: input.state,
      reason: input.reason,
      settled_at: input.settledAt,
    });
    if (closed.numAffectedRows !== 1n) return false;

    for (const part of input.parts) await writePart(tx, part);
    const [first] = input.parts;
    if (input.report !== null && first !== undefined) {
      await reports.note(tx, { interaction: first.interaction.id, report: input.report, at: input.settledAt });
    }
    // Last: only works that stand are to be counted.
    for (const { passed } of input.parts) if (passed !== null) traffic.count(tx, passed, input.settledAt);
    return true;
  };
}
