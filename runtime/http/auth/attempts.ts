import ipaddr from 'ipaddr.js';
import { UserError } from '../../../schemas/errors.ts';
import type { WallClock } from '../services.ts';

const windowMs = 15 * 60_000;

/** A person mistypes a few times; a guesser needs thousands. The address allows more, because an office shares one. */
const limits = { account: 10, address: 40 };

/** Beyond this the oldest entries are forgotten: a flood of made-up accounts must not fill the memory. */
const maxEntries = 20_000;

/** Counts failed logins by account and by address in windows of 15 minutes. */
export interface Attempts {
  /**
   * Counts an attempt before its outcome is known, so that many at once do not slip through together; the returned function
   * takes it back after a success. Throws UserError `too-many-attempts` (429).
   *
   * @param account null where nobody can know yet whose it is.
   */
  begin(account: string | null, address: string): () => void;
}

/** Whose attempts are refused unseen from now on. */
interface Stopped {
  whom: 'account' | 'address';
  /** That of the attempt which met the limit. */
  account: string | null;
  address: string;
}

interface Count {
  since: number;
  count: number;
  isTold: boolean;
}

/** @param onStopped is told once in each window of each account and address that meets its limit. */
export function createAttempts(clock: WallClock, onStopped: (stopped: Stopped) => void = () => {}): Attempts {
  const counts = new Map<string, Count>();

  function entry(key: string): Count {
    const now = clock.now();
    const known = counts.get(key);
    // Counted by a clock that has been set back since, it would lock the account for as long as the clock was wrong.
    if (known !== undefined && Math.abs(now - known.since) < windowMs) return known;
    const fresh = { since: now, count: 0, isTold: false };
    counts.delete(key);
    counts.set(key, fresh);
    const oldest = counts.keys().next();
    if (counts.size > maxEntries && !oldest.done) counts.delete(oldest.value);
    return fresh;
  }

  function counted(key: string, stopped: Stopped): Count {
    const known = entry(key);
    if (known.count < limits[stopped.whom]) return known;
    if (!known.isTold) onStopped(stopped);
    known.isTold = true;
    const retryAfterSeconds = Math.max(1, Math.ceil((known.since + windowMs - clock.now()) / 1000));
    const message = `Too many failed attempts. Try again in ${Math.ceil(retryAfterSeconds / 60)} minutes.`;
    throw new UserError('too-many-attempts', message, { status: 429, data: { retryAfterSeconds } });
  }

  return {
    begin(account, address) {
      // The address first: one that is stopped must not push out other entries with accounts that it makes up.
      const byAddress = counted(`address ${networkOf(address)}`, { whom: 'address', account, address });
      const byAccount =
        account === null ? null : counted(`account ${account.toLowerCase()}`, { whom: 'account', account, address });
      byAddress.count += 1;
      if (byAccount !== null) byAccount.count += 1;
      return () => {
        byAddress.count -= 1;
        if (byAccount !== null) byAccount.count -= 1;
      };
    },
  };
}

/** Whoever has one IPv6 address has at least 2^64 of them: they count as one. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString();
}
