import type { Authorisation } from '../../schemas/authorisation.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { Condition } from './alarms.ts';

/** What is asked of how an authorisation stands. */
interface Status {
  state: string;
  authorisedAt?: number;
  failure?: { message: string; since: number; mayPass: boolean };
  /** Secrets, certificates and consents, soonest first, each with the days of the warning that is due; 0 once it is over. */
  expiries: readonly { what: string; on: string; warning: number | null }[];
}

/** A provider or a network that is away for a moment is asked again meanwhile, and costs nothing: tokens at hand go on working. */
const patienceMs = 15 * 60_000;

/** Of the warnings that the page shows, the ones that nobody should have to look for: mail stops on that day. */
const lastWarningDays = 7;

/**
 * Authorisations that have stopped working, or will within a week. What the provider refuses is told at once, since mailboxes go on for no longer than their last
 * token; what may pass, when it has lasted.
 */
export function createAuthorisationConditions(deps: {
  settings: { read(): Settings };
  status(authorisation: Authorisation): Status;
  clock: { now(): number };
}): () => Condition[] {
  function why({ state, authorisedAt, failure }: Status): string | null {
    // One that was never authorised is being set up.
    if (state === 'needs-authorising') return authorisedAt === undefined ? null : 'Somebody has to sign in again.';
    if (state !== 'failing') return null;
    if (failure?.mayPass !== true) return failure?.message ?? 'Try it to see why.';
    const lasts = deps.clock.now() - failure.since;
    if (lasts < patienceMs) return null;
    return `For ${Math.floor(lasts / 60_000)} minutes: ${failure.message} Sluice goes on asking.`;
  }

  return () =>
    deps.settings.read().authorisations.flatMap((authorisation) => {
      const status = deps.status(authorisation);
      const reason = why(status);
      const message =
        reason === null
          ? endOf(authorisation.name, status)
          : `The authorisation "${authorisation.name}" gives no tokens, so its mailboxes cannot log in. ${reason} See the page Authorisations.`;
      if (message === null) return [];
      return [{ kind: 'authorisation', about: authorisation.id, mailbox: null, message } as const];
    });
}

/** The day is told and not how many are left: an alarm that says something else each day would look like a new one. */
function endOf(name: string, { expiries: [first] }: Status): string | null {
  if (first === undefined || first.warning === null || first.warning > lastWarningDays) return null;
  const ends = first.warning === 0 ? 'ended' : 'ends';
  return `The ${first.what} of the authorisation "${name}" ${ends} on ${first.on}, and its mailboxes cannot log in from then on. Renew it at the provider, then enter the new one and its last day on the page Authorisations.`;
}
