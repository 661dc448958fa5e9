import type { Settings } from '../../schemas/settings.ts';
import { type DeliveryReport, isDeliveryReport, readDeliveryReport } from '../mail/delivery-report.ts';
import { answeredEmail } from '../outbound/answered-email.ts';
import { mailboxOr } from '../outbound/mailbox-or.ts';
import { rank } from '../queues/rank.ts';
import { passedOf } from '../traffic/ways.ts';
import { emailJson, runJson } from './bounded-json.ts';
import { combinedState, ledgerState } from './done-routes.ts';
import { letThrough, type MailEntry } from './mail-entry.ts';
import type { InteractionSettlement } from './run.ts';
import type { InteractionValues, SettledPart, SettleInput } from './settle-writing.ts';
import { effectsOf, type Settlement } from './settlement.ts';

/**
 * Writes all that becomes of a mail in one commit: interactions, email and runs, outgoing mails, the ledger's final state.
 * Resolves with false where the mail was settled already: then nothing is written, so a repeated settle doubles nothing.
 */
export type Settle = (entry: MailEntry, settled: readonly InteractionSettlement[]) => Promise<boolean>;

export function createSettle(deps: {
  write: { settle(input: SettleInput): Promise<boolean> };
  settings: { read(): Settings };
  clock: { now(): number };
  bytesOf(entry: MailEntry): Promise<Uint8Array>;
}): Settle {
  function partOf(entry: MailEntry, { interaction, settlement }: InteractionSettlement): SettledPart {
    const { mail, run, route } = settlement;
    const effects = effectsOf(settlement);
    return {
      interaction: interactionRow(entry, interaction, settlement),
      isLetThrough: entry.verdict === letThrough,
      email: mail === null ? null : emailJson(mail),
      run: run === null ? null : runJson(run),
      way: settlement.way === undefined ? null : JSON.stringify(settlement.way),
      passed: run === null ? null : passedOf(run),
      answers:
        mail === null || effects.length === 0
          ? null
          : {
              email: answeredEmail(mail.email),
              mailbox: mailboxOr(deps.settings.read(), entry.mailbox),
              route,
              effects,
            },
      challenge: settlement.challenge ?? null,
      link: settlement.link ?? null,
    };
  }

  /** Reports are rare and short: what they say is read here, and costs the other mails nothing. */
  async function reportOf(entry: MailEntry, settled: readonly InteractionSettlement[]): Promise<DeliveryReport | null> {
    const email = settled.find(({ settlement }) => settlement.mail !== null)?.settlement.mail?.email;
    if (email === undefined || !isDeliveryReport(email)) return null;
    return readDeliveryReport(await deps.bytesOf(entry), email, entry.envelope?.to ?? []);
  }

  return async (entry, settled) => {
    const parts = settled.map((each) => partOf(entry, each));
    const states = settled.map(({ settlement }) => ledgerState(settlement.state));
    return deps.write.settle({
      ledger: entry.ledger,
      state: combinedState([...states, ...entry.done.map(({ state }) => state)]),
      // One line tells of one mail: where several routes took it, of the first that says anything.
      reason: settled.find(({ settlement }) => settlement.reason !== '')?.settlement.reason ?? '',
      settledAt: deps.clock.now(),
      parts,
      report: await reportOf(entry, settled),
    });
  };
}

/** What lists show is cut, so that a page of 200 rows stays small whatever a sender writes. */
const shownCharacters = 500;

/** Embeddings, overrides and isolates: a sender could let "gnp.exe" be read as "exe.png". Scripts find their direction without them. */
const turning = /[\u202a-\u202e\u2066-\u2069]+/g;

function line(text: string): string {
  return text.slice(0, shownCharacters).replace(turning, '');
}

function interactionRow(entry: MailEntry, id: string, settlement: Settlement): InteractionValues {
  const email = settlement.mail?.email;
  const shown = email ?? settlement.head;
  return {
    id,
    ledger: entry.ledger,
    state: settlement.state,
    queue: settlement.queue,
    priority: settlement.priority,
    rank: rank(entry.receivedAt, settlement.priority),
    skills: JSON.stringify(settlement.skills),
    subject: line(shown?.subject ?? ''),
    from_address: (shown?.from.address || entry.envelope?.from || '').slice(0, shownCharacters),
    from_name: line(shown?.from.name ?? ''),
    preview: line(email?.preview ?? ''),
    received_at: entry.receivedAt,
    mailbox: entry.mailbox,
    flow: settlement.flow,
    version: settlement.version,
    reason: settlement.reason,
    route: settlement.route ?? '',
  };
}
