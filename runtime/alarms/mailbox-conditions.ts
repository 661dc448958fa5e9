import type { Kysely } from 'kysely';
import type { MailboxView } from '../../schemas/api/mailboxes.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { Database } from '../store/database.ts';
import type { Condition } from './alarms.ts';
import { silenceOf } from './arrivals.ts';

type Status = MailboxView['status'];
const minuteMs = 60_000;
const steadyMs = 5 * minuteMs;

/**
 * What is wrong with the mailboxes now. It remembers since when each is in trouble, from the first look that saw it: after a restart an alarm
 * that is open stays open, and a new one waits its time.
 */
export function createMailboxConditions(deps: {
  settings: { read(): Settings };
  status(id: string): Status;
  read: Kysely<Database>;
  clock: { now(): number };
}): () => Promise<Condition[]> {
  const failingSince = new Map<string, number>();
  /** The least lag seen, and when it was first reached. */
  const least = new Map<string, { lag: number; since: number }>();
  const connectedSince = new Map<string, number>();

  function failing(id: string, name: string, { state, lastError }: Status, now: number): Condition | undefined {
    const isFailing = state === 'retrying' || state === 'failed';
    if (!isFailing) {
      // What comes and goes is one trouble: only a connection that holds ends it.
      if (now - (connectedSince.get(id) ?? now) >= steadyMs) failingSince.delete(id);
      return undefined;
    }
    const since = failingSince.get(id) ?? now;
    failingSince.set(id, since);
    const why = lastError === undefined ? '' : ` ${lastError.message}`;
    const limit = deps.settings.read().alarms.patience.failingMinutes;
    if (now - since < limit * minuteMs) return undefined;
    const message = `No mail is taken from ${name}: it could not be read for ${limit} minutes and more.${why}`;
    return { kind: 'failing', about: id, mailbox: id, message };
  }

  function lagging(id: string, name: string, { state, lag = 0 }: Status, now: number): Condition | undefined {
    const best = least.get(id);
    if (state !== 'connected' || lag === 0) {
      least.delete(id);
      return undefined;
    }
    if (best === undefined || lag < best.lag) {
      least.set(id, { lag, since: now });
      return undefined;
    }
    const limit = deps.settings.read().alarms.patience.laggingMinutes;
    if (now - best.since < limit * minuteMs) return undefined;
    const message = `${name} is ${lag} mails behind its server, and has not come closer for ${limit} minutes. Look at its page for errors, and at the disk.`;
    return { kind: 'lagging', about: id, mailbox: id, message };
  }

  async function silent(id: string, name: string, { state }: Status, now: number): Promise<Condition | undefined> {
    const since = connectedSince.get(id);
    if (state !== 'connected' || since === undefined) return undefined;
    const floorMs = deps.settings.read().alarms.patience.silentMinutes * minuteMs;
    const { lastAt, limitMs } = await silenceOf(deps.read, id, now, floorMs);
    // What was away is given as long to bring mail as any mailbox.
    if (lastAt === null || limitMs === null || now - Math.max(lastAt, 0) <= limitMs || now - since < floorMs / 4) {
      return undefined;
    }
    const hours = Math.round((now - lastAt) / 360_000) / 10;
    const message = `${name} is connected, but no mail has come for ${hours} hours, which is unusual for this time. Send a mail to it; if that does not arrive, look for a rule, a forward or a full mailbox at the provider.`;
    return { kind: 'silent', about: id, mailbox: id, message };
  }

  return async () => {
    const now = deps.clock.now();
    const found: (Condition | undefined)[] = [];
    const enabled = deps.settings.read().mailboxes.filter((mailbox) => mailbox.enabled);
    for (const { id, name } of enabled) {
      const status = deps.status(id);
      if (status.state !== 'connected') connectedSince.delete(id);
      else if (!connectedSince.has(id)) connectedSince.set(id, now);
      found.push(failing(id, name, status, now), lagging(id, name, status, now), await silent(id, name, status, now));
    }
    const known = new Set(enabled.map(({ id }) => id));
    for (const memory of [failingSince, least, connectedSince]) {
      for (const id of memory.keys()) if (!known.has(id)) memory.delete(id);
    }
    return found.filter((condition) => condition !== undefined);
  };
}
