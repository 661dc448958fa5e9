import type { RetentionCounts } from '../../../schemas/api/retention.ts';
import { type RetentionKind, type RetentionRules, retentionKinds } from '../../../schemas/retention.ts';
import { formatCount } from '../../shell/format.ts';

interface KindWords {
  label: string;
  /** What goes, and what stays. */
  description: string;
  /** Of one, and of more. */
  noun: readonly [string, string];
  /** Days that suit most desks. */
  suggested: number;
}

export const kindWords: Readonly<Record<RetentionKind, KindWords>> = {
  sources: {
    label: 'Sources and attachments',
    description: 'The bytes of mails as they came. Sender, subject, text and the run stay.',
    noun: ['source', 'sources'],
    suggested: 180,
  },
  runs: {
    label: 'Traces of runs',
    description: 'Which steps a flow took and what services answered. Where the mail went stays.',
    noun: ['trace', 'traces'],
    suggested: 365,
  },
  outgoing: {
    label: 'Text of answers',
    description: 'What was sent, withheld or given up. To whom, when, and the conversation stay.',
    noun: ['answer', 'answers'],
    suggested: 365,
  },
  mails: {
    label: 'Whole mails',
    description: 'A mail with its run and answers, once its whole conversation is done with. Its ledger line stays.',
    noun: ['mail', 'mails'],
    suggested: 1_095,
  },
  audit: {
    label: 'Audit log',
    description: 'Who changed what. Laws may ask you to keep it.',
    noun: ['line of the audit log', 'lines of the audit log'],
    suggested: 1_095,
  },
  history: {
    label: 'Alarms and comparisons',
    description: 'Alarms that are over, nightly comparisons with mail servers, and runs of these rules.',
    noun: ['old alarm or comparison', 'old alarms and comparisons'],
    suggested: 365,
  },
};

/** From the bulk to the whole, as they stand on the page. */
export const shownKinds = Object.keys(kindWords) as RetentionKind[];

export function suggestedRules(): RetentionRules {
  const rules = shownKinds.map((kind) => [kind, kindWords[kind].suggested]);
  // Object.fromEntries forgets the names of the keys.
  return Object.fromEntries(rules) as RetentionRules;
}

/** "12,400 sources, 3 mails"; "nothing" for none. */
export function countsInWords(counts: RetentionCounts): string {
  const parts = retentionKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${formatCount(counts[kind])} ${kindWords[kind].noun[counts[kind] === 1 ? 0 : 1]}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** Whether more goes by the new rules than by the old ones. */
export function isHarsher(before: RetentionRules, after: RetentionRules): boolean {
  return retentionKinds.some(
    (kind) => (after[kind] ?? Number.POSITIVE_INFINITY) < (before[kind] ?? Number.POSITIVE_INFINITY),
  );
}
