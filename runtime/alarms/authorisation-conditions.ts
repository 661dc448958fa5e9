import type { Authorisation } from '../../schemas/authorisation.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { Condition } from './alarms.ts';

/** Authorisations that have stopped working: told at once, since mailboxes go on for no longer than their last token. */
export function createAuthorisationConditions(deps: {
  settings: { read(): Settings };
  status(authorisation: Authorisation): { state: string; authorisedAt?: number; failure?: { message: string } };
}): () => Condition[] {
  return () =>
    deps.settings.read().authorisations.flatMap((authorisation) => {
      const { state, authorisedAt, failure } = deps.status(authorisation);
      // One that was never authorised is being set up.
      if (state !== 'failing' && !(state === 'needs-authorising' && authorisedAt !== undefined)) return [];
      const why = state === 'failing' && failure !== undefined ? failure.message : 'Somebody has to sign in again.';
      const message = `The authorisation "${authorisation.name}" gives no tokens, so its mailboxes cannot log in. ${why} See the page Authorisations.`;
      return [{ kind: 'authorisation', about: authorisation.id, mailbox: null, message } as const];
    });
}
