import { UserError } from '../../schemas/errors.ts';
import type { Settings, User } from '../../schemas/settings.ts';

/** True where the user can come in as the settings are. */
function hasWayIn(user: User, { localSignIn, signInProviders }: Settings): boolean {
  if (user.disabled) return false;
  if (localSignIn && user.passwordHash !== undefined) return true;
  const open = new Set(signInProviders.filter(({ enabled }) => enabled).map(({ issuer }) => issuer));
  return (user.identities ?? []).some(({ issuer }) => open.has(issuer));
}

/** True while some administrator can come in. Who has never signed in by a provider does not count for it: nobody knows whether it works. */
export function hasAdministrator(settings: Settings): boolean {
  return settings.users.some((user) => user.role === 'admin' && hasWayIn(user, settings));
}

/**
 * Makes a change of users or of ways to sign in. Where an administrator could come in before, one can afterwards.
 *
 * @throws UserError `last-administrator` (409).
 */
export function keepingAdministrator(draft: Settings, change: () => void): void {
  const hadOne = hasAdministrator(draft);
  change();
  if (!hadOne || hasAdministrator(draft)) return;
  const message = draft.localSignIn
    ? 'This is the last administrator. Make another one first.'
    : 'No administrator could sign in any more, since passwords are turned off. Let an administrator sign in by a provider that stays, or turn passwords on.';
  throw new UserError('last-administrator', message, { status: 409 });
}
