import type { ReconciliationSettings } from '../../schemas/alarms.ts';

/** Two hundred mailboxes of one provider must not log in within the same minute. */
const spreadMinutes = 45;

const minuteMs = 60_000;
/** A server that is away is given time to come back; from the fourth try on it is asked every hour. */
const retryMs = [10 * minuteMs, 20 * minuteMs, 40 * minuteMs, 60 * minuteMs] as const;

/** The latest moment, at or before `now`, at which the mailbox was to be compared: its time of day, spread by its id. */
export function lastDue(settings: ReconciliationSettings, mailbox: string, now: number): number {
  const own = Object.hasOwn(settings.mailboxes, mailbox) ? settings.mailboxes[mailbox] : undefined;
  const [hours = 0, minutes = 0] = (own ?? settings.at).split(':').map(Number);
  const due = new Date(now);
  due.setHours(hours, minutes + spreadOf(mailbox), 0, 0);
  if (due.getTime() > now) due.setDate(due.getDate() - 1);
  return due.getTime();
}

interface Compared {
  state: 'running' | 'done' | 'failed';
  started_at: number;
  ended_at: number | null;
}

/**
 * When the comparison of a night is to be tried next, by those that were begun since it was due, newest first: at once where there was none, later
 * where all failed, and null where the night is done with.
 */
export function nextTry(due: number, since: readonly Compared[]): number | null {
  const [last] = since;
  if (last === undefined) return due;
  if (since.some(({ state }) => state !== 'failed')) return null;
  return (last.ended_at ?? last.started_at) + (retryMs[since.length - 1] ?? 60 * minuteMs);
}

/** The same for a mailbox every night. */
function spreadOf(mailbox: string): number {
  let mixed = 7;
  for (const character of mailbox) mixed = (mixed * 31 + (character.codePointAt(0) ?? 0)) % 10_007;
  return mixed % spreadMinutes;
}
