import { coerceError } from '../../../schemas/errors.ts';
import type { User } from '../../../schemas/settings.ts';
import type { Audit } from '../../audit/audit.ts';
import type { Logger, WallClock } from '../services.ts';

const windowMs = 15 * 60_000;

/**
 * Lines of refused sign-ins in a window of 15 minutes. Those against users are counted apart, so that nobody pushes them out with
 * accounts that he makes up.
 */
const maxLines = { users: 200, strangers: 50 };

/** Who came in by password, who did not, and from where. What was typed stands in no line: in place of an address it may be a password. */
export interface SignInLog {
  /** Resolves when it is durable: nobody comes in unseen. */
  succeeded(user: User, address: string): Promise<void>;
  /** @param user undefined where nobody has the email address. */
  refused(user: User | undefined, address: string): void;
  /** @param user who is locked out; undefined where it is whoever comes from the address. */
  lockedOut(user: User | undefined, address: string): void;
}

interface SignInLogDeps {
  audit: Pick<Audit, 'add'>;
  clock: WallClock;
  log: Pick<Logger, 'warn'>;
}

export function createSignInLog({ audit, clock, log }: SignInLogDeps): SignInLog {
  const written = { users: { since: 0, lines: 0 }, strangers: { since: 0, lines: 0 } };

  /** Waits for nothing: how long an answer takes must not tell whether there is such a user. */
  function write(user: User | undefined, address: string, what: string): void {
    const whose = user === undefined ? 'strangers' : 'users';
    const now = clock.now();
    if (Math.abs(now - written[whose].since) >= windowMs) written[whose] = { since: now, lines: 0 };
    const { lines } = written[whose];
    if (lines > maxLines[whose]) return;
    written[whose].lines = lines + 1;
    const line =
      lines < maxLines[whose]
        ? { ...deedOf(address), what, target: user === undefined ? {} : { user: user.id } }
        : { ...deedOf(''), what: tooMany[whose], target: {} };
    audit.add({ ...line, by: null }).catch((thrown: unknown) => {
      log.warn({ error: coerceError(thrown) }, 'a refused sign-in could not be written down in the audit log');
    });
  }

  return {
    succeeded: (user, address) =>
      audit.add({
        ...deedOf(address),
        by: { id: user.id, name: user.name, role: user.role, by: 'password' },
        what: 'Signed in with a password',
        target: { user: user.id },
      }),
    refused: (user, address) => write(user, address, refusals[reasonOf(user)]),
    lockedOut(user, address) {
      const whom = user === undefined ? 'an address' : 'a user';
      write(user, address, `Locked ${whom} out for a quarter of an hour after too many failed sign-ins`);
    },
  };
}

const tooMany = {
  users: 'Refused so many sign-ins of users that the next ones are not written down, for a quarter of an hour',
  strangers: 'Refused so many sign-ins of strangers that the next ones are not written down, for a quarter of an hour',
};

const refusals = {
  stranger: 'Refused a sign-in with an email address that no user has',
  disabled: 'Refused a sign-in of a user who is disabled',
  password: 'Refused a sign-in with a wrong password',
};

function reasonOf(user: User | undefined): keyof typeof refusals {
  if (user === undefined) return 'stranger';
  return user.disabled ? 'disabled' : 'password';
}

function deedOf(address: string) {
  return { address, method: 'post', path: '/api/session' };
}
