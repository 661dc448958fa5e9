import { asciiDomain } from '../../schemas/addresses/ascii-domain.ts';
import type { SignInProviderBody } from '../../schemas/api/sign-in.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { SignInProvider } from '../../schemas/sign-in-provider.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { refuseUnusableIssuer } from '../sign-in/discover-provider.ts';
import { keepingAdministrator } from '../sign-in/ways-in.ts';

/** @throws UserError `sign-in-provider-not-found` (404). */
export function providerIn({ signInProviders }: Settings, id: string): SignInProvider {
  const provider = signInProviders.find((each) => each.id === id);
  if (provider !== undefined) return provider;
  throw new UserError('sign-in-provider-not-found', `There is no sign-in provider "${id}".`, { status: 404 });
}

/**
 * What is stored for what a person entered. A secret that was left out stays, as long as it goes to the same host.
 *
 * @throws UserError `secret-needed`, `domains-needed`, `role-needed`, `bad-domain`, `email-not-proved` and those of `refuseUnusableIssuer` (422).
 */
export function storeProvider(
  id: string,
  { secret, ca, ...body }: SignInProviderBody,
  before: SignInProvider | undefined,
  seal: SettingsStore['seal'],
): SignInProvider {
  refuseUnusableIssuer(body.issuer);
  if (body.createUsers && body.domains.length === 0) {
    throw refused('domains-needed', 'Name the domains whose people may become users by signing in.');
  }
  if (body.createUsers && body.roleClaim === undefined && body.defaultRole === null) {
    throw refused('role-needed', 'Choose the role of new users, or a claim that their role comes from.');
  }
  if (body.trustsEmail && new URL(body.issuer).hostname === 'accounts.google.com') {
    const message =
      'Anybody may have an account at Google: addresses there count as verified only where Google says so.';
    throw refused('email-not-proved', message);
  }
  const isSamePlace = before !== undefined && new URL(before.issuer).host === new URL(body.issuer).host;
  if (secret === undefined && before?.secret !== undefined && !isSamePlace) {
    const message = 'Enter the secret again: it is not sent to another provider than the one it was saved for.';
    throw refused('secret-needed', message);
  }
  const kept = secret === undefined ? before?.secret : secret === null ? undefined : seal(secret);
  return {
    id,
    ...body,
    domains: body.domains.map(domainOf),
    ...(ca && { ca }),
    ...(kept !== undefined && { secret: kept }),
  };
}

function domainOf(text: string): string {
  const domain = asciiDomain(text.replace(/^@/, ''));
  if (domain === null) throw refused('bad-domain', `"${text}" is no domain.`);
  return domain;
}

/**
 * Changes the providers and what hangs on them: an issuer that no provider has any more is nobody's identity.
 *
 * @throws UserError `issuer-taken`, `last-administrator` (409).
 */
export function changeProviders(draft: Settings, change: () => void): void {
  keepingAdministrator(draft, () => {
    change();
    const issuers = draft.signInProviders.map(({ issuer }) => issuer);
    const twice = issuers.find((issuer, index) => issuers.indexOf(issuer) !== index);
    if (twice !== undefined) {
      const message = `Another provider has the issuer ${twice} already. People are known by it, so each has one of its own.`;
      throw new UserError('issuer-taken', message, { status: 409 });
    }
    for (const user of draft.users) {
      const left = user.identities?.filter(({ issuer }) => issuers.includes(issuer));
      if (left !== undefined && left.length !== user.identities?.length) user.identities = left;
    }
  });
}

function refused(code: string, message: string): UserError {
  return new UserError(code, message, { status: 422 });
}
