import type { ReconciliationSettings } from '../../schemas/alarms.ts';

/** Two hundred mailboxes of one provider must not log in within the same minute. */
const spreadMinutes = 45;

/** The latest moment, at or before `now`, at which the mailbox was to be compared: its time of day, spread by its id. */
export function lastDue(settings: ReconciliationSettings, mailbox: string, now: number): number {
  const own = Object.hasOwn(settings.mailboxes, mailbox) ? settings.mailboxes[mailbox] : undefined;
  const [hours = 0, minutes = 0] = (own ?? settings.at).split(':').map(Number);
  const due = new Date(now);
  due.setHours(hours, minutes + spreadOf(mailbox), 0, 0);
  if (due.getTime() > now) due.setDate(due.getDate() - 1);
  return due.getTime();
}

/** The same for a mailbox every night. */
function spreadOf(mailbox: string): number {
  let mixed = 7;
  for (const character of mailbox) mixed = (mixed * 31 + (character.codePointAt(0) ?? 0)) % 10_007;
  return mixed % spreadMinutes;
}
