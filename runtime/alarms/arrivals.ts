import type { Kysely } from 'kysely';
import type { MailboxTruth } from '../../schemas/api/mailbox-truth.ts';
import type { Database } from '../store/database.ts';

/** The database counts arrivals in spans of ten minutes; see the migration. */
const spanMs = 600_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
/** The same moment of so many days before is looked at. */
const comparedDays = 28;
/** Fewer days tell nothing. */
const fewestDays = 5;
const keptMs = 35 * dayMs;

type Read = Kysely<Database>;

/** How long a mailbox has been silent, and how long would be unusual. Milliseconds; null while too little is known. */
export interface Silence {
  lastAt: number | null;
  usualMs: number | null;
  /** From this length on it is an alarm. */
  limitMs: number | null;
}

/**
 * Unusual is more than three times the 95th percentile of how long the mailbox had been silent at this very time of day on days of the same kind
 * (working days, Saturdays and Sundays), and never less than the floor. So nights, weekends and quiet mailboxes raise nothing,
 * and one bad day of the past counts for nothing.
 */
export async function silenceOf(read: Read, mailbox: string, now: number, floorMs: number): Promise<Silence> {
  const lastAt = await lastBefore(read, mailbox, now + spanMs);
  const samples: number[] = [];
  const isWeekend = weekend(now);
  for (let day = 1; day <= comparedDays && lastAt !== null; day += 1) {
    const moment = now - day * dayMs;
    if (weekend(moment) !== isWeekend) continue;
    const before = await lastBefore(read, mailbox, moment);
    // From here on the mailbox was not there yet.
    if (before === null) break;
    samples.push(Math.max(0, moment - before));
  }
  if (samples.length < fewestDays) return { lastAt, usualMs: null, limitMs: null };
  samples.sort((a, b) => a - b);
  const usualMs = samples[Math.ceil(samples.length * 0.95) - 1] ?? 0;
  return { lastAt, usualMs, limitMs: Math.max(3 * usualMs, floorMs) };
}

/** Arrivals of the last day, hour by hour. */
export async function arrivalsOf(
  read: Read,
  mailbox: string,
  now: number,
): Promise<Pick<MailboxTruth, 'lastHour' | 'lastDay' | 'hours'>> {
  const rows = await read
    .selectFrom('mailbox_spans')
    .select(['since', 'mails'])
    .where('mailbox', '=', mailbox)
    .where('since', '>', now - dayMs)
    .execute();
  const first = now - dayMs + spanMs;
  const hours = Array.from({ length: 24 }, (_, index) => ({ since: first + index * hourMs, mails: 0 }));
  for (const { since, mails } of rows) {
    const hour = hours[Math.max(0, Math.floor((since - first) / hourMs))];
    if (hour !== undefined) hour.mails += mails;
  }
  return {
    lastHour: sum(rows.filter(({ since }) => since > now - hourMs)),
    lastDay: sum(rows),
    hours: hours.map(({ since, mails }) => ({ since: new Date(since).toISOString(), mails })),
  };
}

/** Forgets what no comparison looks at any more. */
export async function forgetArrivals(tx: Read, now: number): Promise<void> {
  await tx
    .deleteFrom('mailbox_spans')
    .where('since', '<', now - keptMs)
    .execute();
}

/** The end of the latest span with mail before the moment, or the moment itself where that span has not ended. */
async function lastBefore(read: Read, mailbox: string, moment: number): Promise<number | null> {
  const row = await read
    .selectFrom('mailbox_spans')
    .select('since')
    .where('mailbox', '=', mailbox)
    .where('since', '<', moment)
    .where('mails', '>', 0)
    .orderBy('since', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : Math.min(row.since + spanMs, moment);
}

function weekend(moment: number): boolean {
  return [0, 6].includes(new Date(moment).getDay());
}

function sum(rows: readonly { mails: number }[]): number {
  return rows.reduce((all, { mails }) => all + mails, 0);
}
