import type { PutMail } from './account.ts';
import type { FoundMail } from './found.ts';

/** What one source comes to. */
export interface Balance {
  source: string;
  /** Mails that were put in, and how many the ledger must have of them. */
  putIn: number;
  due: number;
  inLedger: number;
  queued: number;
  quarantined: number;
  sent: number;
  /** Answers whose fate nobody can know, and how many of those did arrive. */
  uncertain: number;
  uncertainArrived: number;
  withheld: number;
}

export interface Verdict {
  balances: Balance[];
  /** Each says what and which; all are empty where every promise was kept. */
  lost: string[];
  doubled: string[];
  stuck: string[];
  /** Ended otherwise than promised: a good mail in quarantine, an answer given up. */
  wrong: string[];
}

/**
 * Compares what was put in with what the database holds and what the outgoing server has.
 *
 * @param taken how often the outgoing server took each answer, by Message-ID.
 */
export function compare(
  putIn: readonly PutMail[],
  found: readonly FoundMail[],
  taken: ReadonlyMap<string, number>,
): Verdict {
  const verdict: Verdict = { balances: [], lost: [], doubled: [], stuck: [], wrong: [] };
  const balances = new Map<string, Balance>();
  const byId = Map.groupBy(found, ({ id }) => id);
  for (const mail of putIn) {
    const rows = byId.get(mail.id) ?? [];
    byId.delete(mail.id);
    const balance = balances.get(mail.source) ?? emptyBalance(mail.source);
    balances.set(mail.source, balance);
    balance.putIn += 1;
    balance.due += mail.times;
    balance.inLedger += rows.length;
    if (rows.length < mail.times) verdict.lost.push(`${mail.id}: ${rows.length} of ${mail.times} in the ledger`);
    if (rows.length > mail.times) verdict.doubled.push(`${mail.id}: ${rows.length} in the ledger, ${mail.times} came`);
    for (const row of rows) judgeRow(row, mail, taken, balance, verdict);
  }
  for (const [id, rows] of byId)
    verdict.doubled.push(`${id || 'no id'}: ${rows.length} in the ledger, nobody put it in`);
  verdict.balances = [...balances.values()];
  return verdict;
}

function judgeRow(
  row: FoundMail,
  mail: PutMail,
  taken: ReadonlyMap<string, number>,
  balance: Balance,
  verdict: Verdict,
): void {
  const { lost, doubled, stuck, wrong } = verdict;
  if (row.state === 'received') {
    stuck.push(`${mail.id}: still received`);
    return;
  }
  if (row.interactions.length === 0) lost.push(`${mail.id}: ${row.state}, and no interaction`);
  if (row.interactions.length > 1) doubled.push(`${mail.id}: ${row.interactions.length} interactions`);
  for (const { state, answers } of row.interactions) {
    if (state === 'queued') balance.queued += 1;
    if (state === 'quarantined') balance.quarantined += 1;
    if (state !== mail.ends) wrong.push(`${mail.id}: ${state} instead of ${mail.ends}`);
    if (state === 'queued' && answers.length === 0) lost.push(`${mail.id}: no answer`);
    if (answers.length > 1) doubled.push(`${mail.id}: ${answers.length} answers`);
    for (const answer of answers) judgeAnswer(answer, mail, taken.get(answer.messageId) ?? 0, balance, verdict);
  }
}

function judgeAnswer(
  answer: FoundMail['interactions'][number]['answers'][number],
  mail: PutMail,
  arrived: number,
  balance: Balance,
  { lost, doubled, stuck, wrong }: Verdict,
): void {
  if (arrived > 1) doubled.push(`${mail.id}: its answer arrived ${arrived} times`);
  switch (answer.state) {
    case 'sent':
      balance.sent += 1;
      if (arrived === 0) lost.push(`${mail.id}: its answer counts as sent and never arrived`);
      return;
    case 'uncertain':
      balance.uncertain += 1;
      balance.uncertainArrived += Math.min(1, arrived);
      return;
    case 'withheld':
      balance.withheld += 1;
      if (arrived > 0) wrong.push(`${mail.id}: its answer was withheld, and left`);
      return;
    case 'waiting':
    case 'sending':
      stuck.push(`${mail.id}: its answer is ${answer.state} (${answer.reason})`);
      return;
    default:
      wrong.push(`${mail.id}: its answer is ${answer.state} (${answer.reason})`);
  }
}

function emptyBalance(source: string): Balance {
  return {
    source,
    putIn: 0,
    due: 0,
    inLedger: 0,
    queued: 0,
    quarantined: 0,
    sent: 0,
    uncertain: 0,
    uncertainArrived: 0,
    withheld: 0,
  };
}
