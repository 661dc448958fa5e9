import { loginDelay, slowDelay, suspensionDelay } from './back-off.ts';
import type { SendResult } from './sender.ts';

/** What a way out has shown of itself: whether it works, and how much it bears. */
export interface LaneHealth {
  /** Whether mails may be tried, and how many at a time; 0 while it rests. */
  width(connections: number, now: number): number;
  /** When it may be tried again; null if now. */
  restsUntil(now: number): number | null;
  /** Learns from what became of an attempt. */
  learn(result: SendResult, now: number): void;
  suspend(reason: string, now: number, isLogin?: boolean): void;
  /** The settings changed, or a person wants it tried now: what was learnt says nothing any more. */
  forget(): void;
  suspended(now: number): { reason: string; until: number } | null;
  slowed(): string | null;
  lastSuccessAt(): number | null;
}

export function createLaneHealth(log: {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
}): LaneHealth {
  /** Failures in a row of the way out; while there are any, one mail at a time tries it. */
  let failures = 0;
  let suspension: { reason: string; since: number; until: number } | null = null;
  /** How often the server asked for patience, less what has gone well since. */
  let slowdowns = 0;
  let slow = { reason: '', since: 0, until: 0 };
  let successAt: number | null = null;

  function suspend(reason: string, now: number, isLogin = false): void {
    // Mails that were under way together fail together: that is one failure, not five.
    if (lasts(suspension, now)) return;
    failures += 1;
    const delay = isLogin ? loginDelay(failures, Math.random()) : suspensionDelay(failures, Math.random());
    suspension = { reason, since: now, until: now + delay };
    log.warn({ reason, failures, until: new Date(suspension.until).toISOString() }, 'Outgoing mail is suspended');
  }

  function resume(): void {
    if (failures > 0) log.info({}, 'Outgoing mail works again');
    failures = 0;
    suspension = null;
  }

  function restsUntil(now: number): number | null {
    const pauses = [suspension, slow].filter((pause) => pause !== null && lasts(pause, now));
    return pauses.length > 0 ? Math.max(...pauses.map((pause) => pause?.until ?? 0)) : null;
  }

  return {
    restsUntil,
    width(connections, now) {
      if (restsUntil(now) !== null) return 0;
      return failures > 0 || slowdowns > 0 ? 1 : connections;
    },
    learn(result, now) {
      if (result.state === 'unavailable') {
        suspend(result.reason, now, result.isLogin);
        return;
      }
      if (result.state === 'retry') {
        if (result.isSlowDown === true) {
          slowdowns += 1;
          slow = { reason: result.reason, since: now, until: now + slowDelay(slowdowns) };
        }
        return;
      }
      resume();
      if (result.state !== 'sent') return;
      successAt = now;
      slowdowns = Math.max(0, slowdowns - 1);
      slow = { ...slow, since: now, until: slowdowns === 0 ? 0 : now + slowDelay(slowdowns) };
    },
    suspend,
    forget() {
      failures = 0;
      suspension = null;
      slowdowns = 0;
      slow.until = 0;
    },
    suspended: (now) => (suspension !== null && (failures > 0 || lasts(suspension, now)) ? suspension : null),
    slowed: () => (slowdowns > 0 ? slow.reason : null),
    lastSuccessAt: () => successAt,
  };
}

/** A pause that began in the future was timed by a clock that was wrong: it is over, rather than as long as the clock was wrong. */
function lasts(pause: { since: number; until: number } | null, now: number): boolean {
  return pause !== null && pause.since <= now && pause.until > now;
}
