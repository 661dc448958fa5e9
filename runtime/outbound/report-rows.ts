import { sql, type Transaction } from 'kysely';
import type { DeliveryReport } from '../mail/delivery-report.ts';
import type { Database } from '../store/database.ts';
import { rowsOfTokens, type Sign } from './bounce-token.ts';
import type { OnUndelivered } from './outbox-rows.ts';

interface ReportInput {
  /** The interaction that the report became. */
  interaction: string;
  report: DeliveryReport;
  at: number;
}

/** What settle writes where a mail is a report about one that was sent. */
export interface ReportRows {
  /** Notes the report at the mail that it is about, and marks that as `bounced` where it proves that it failed. Repeating it changes nothing. */
  note(tx: Transaction<Database>, input: ReportInput): Promise<void>;
}

type Proof = Database['delivery_reports']['proof'];

/** A report names one mail of ours; more tokens than that are somebody playing. */
const maxRows = 3;

/**
 * A report is believed if it brings back a token that left with the mail alone: in the address that it was sent to, or as envelope id. One that only
 * quotes our Message-ID is believed where no better token left; everybody who got the mail knows that id. Else it is a hint for a person.
 */
export function createReportRows({ sign }: { sign: Sign }, onUndelivered: OnUndelivered): ReportRows {
  function found(report: DeliveryReport): { ids: string[]; isToken: boolean } {
    const proven = rowsOfTokens(`${report.addressed} ${report.envelopeId}`, sign);
    return proven.length > 0
      ? { ids: proven, isToken: true }
      : { ids: rowsOfTokens(report.quoted, sign), isToken: false };
  }

  function proofOf(envelopeFrom: string, isToken: boolean): Proof {
    if (isToken) return 'token';
    return envelopeFrom === '' || rowsOfTokens(envelopeFrom, sign).length > 0 ? 'hint' : 'message-id';
  }

  return {
    async note(tx, { interaction, report, at }) {
      const { ids, isToken } = found(report);
      for (const named of new Set(ids.slice(0, maxRows))) {
        const outbox = isToken ? named : await sameMailTo(tx, named, report.recipient);
        const row = await tx
          .selectFrom('outbox')
          .select(['state', 'envelope_from'])
          .where('id', '=', outbox)
          .executeTakeFirst();
        if (row === undefined) continue;
        const proof = proofOf(row.envelope_from, isToken);
        const { action, reason } = report;
        await tx
          .insertInto('delivery_reports')
          .values({ outbox, interaction, action, reason, proof, reported_at: at })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        if (action !== 'failed' || proof === 'hint') continue;
        if (row.state !== 'sent' && row.state !== 'uncertain') continue;
        await tx.updateTable('outbox').set({ state: 'bounced', reason }).where('id', '=', outbox).execute();
        await onUndelivered(tx, [outbox]);
      }
    },
  };
}

/**
 * A Message-ID is that of all who got the same mail: an answer to several people, a blind copy of a route. The row of the one whom the report names;
 * the one that the id was made for where it names none of them.
 */
async function sameMailTo(tx: Transaction<Database>, id: string, recipient: string): Promise<string> {
  if (recipient === '') return id;
  const row = await tx
    .selectFrom('outbox as named')
    .innerJoin('outbox as same', (join) =>
      join.onRef('same.interaction', '=', 'named.interaction').onRef('same.action', '=', 'named.action'),
    )
    .select('same.id')
    .where('named.id', '=', id)
    .whereRef('same.message_id', '=', 'named.message_id')
    .where(sql`lower(same.to_address)`, '=', recipient)
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? id;
}
