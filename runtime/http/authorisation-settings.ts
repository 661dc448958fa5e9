import type { AuthorisationBody, AuthorisationView } from '../../schemas/api/authorisations.ts';
import type { Authorisation } from '../../schemas/authorisation.ts';
import { UserError } from '../../schemas/errors.ts';
import { isLoopback } from '../../schemas/loopback.ts';
import type { Settings } from '../../schemas/settings.ts';
import { readCertificate } from '../authorisations/grants/entra.ts';
import { readServiceKey } from '../authorisations/grants/service-account.ts';
import { sourceTypeOf } from '../mailboxes/source-types.ts';
import type { SettingsStore } from '../settings/settings.ts';

const secretNames = ['secret', 'key', 'password'] as const;
type Secrets = Partial<Record<(typeof secretNames)[number], string>>;

/** The authorisation of that id. Throws UserError `authorisation-not-found` (404). */
export function authorisationIn(settings: Settings, id: string): Authorisation {
  const authorisation = settings.authorisations.find((each) => each.id === id);
  if (authorisation !== undefined) return authorisation;
  throw new UserError('authorisation-not-found', `There is no authorisation "${id}".`, { status: 404 });
}

/**
 * What is stored for what a person entered. Secrets that were left out stay, as long as they go to the same provider.
 *
 * @throws UserError `address-insecure`, `bad-day`, `secret-needed`, `certificate-unreadable`, `key-unreadable`, `key-mismatch` (422).
 */
export function storeAuthorisation(
  id: string,
  { grant, ...body }: AuthorisationBody,
  before: Authorisation | undefined,
  { seal, open }: Pick<SettingsStore, 'seal' | 'open'>,
): Authorisation {
  for (const url of urlsOf(grant)) refuseOpenUrl(url);
  for (const day of [body.secretExpiresOn, body.consentExpiresOn]) refuseNoDay(day);
  // A union of closed shapes; each has some of these, and those it has not are never entered for it.
  const given: Secrets = grant;
  const kept: Secrets = before !== undefined && before.grant.type === grant.type ? before.grant : {};
  const isSamePlace = before !== undefined && hostsOf(before.grant) === hostsOf(grant);
  const secrets: Secrets = {};
  for (const name of secretNames) {
    const fresh = given[name];
    const old = kept[name];
    if (fresh !== undefined) secrets[name] = seal(grant.type === 'service-account' ? readServiceKey(fresh) : fresh);
    else if (old !== undefined && !isSamePlace) {
      const message = 'Enter the secret again: it is not sent to another provider than the one it was saved for.';
      throw new UserError('secret-needed', message, { status: 422 });
    } else if (old !== undefined) secrets[name] = old;
  }
  if (grant.type === 'entra') {
    // One of the two: a certificate takes the place of the secret.
    if (grant.certificate === undefined) delete secrets.key;
    else delete secrets.secret;
    if (grant.certificate !== undefined && secrets.key !== undefined)
      readCertificate(grant.certificate, open(secrets.key));
  }
  refuseMissing(grant, secrets);
  // What must be there was just looked at; the settings check the whole again when they are written.
  return { id, ...body, grant: { ...grant, ...secrets } as Authorisation['grant'] };
}

function refuseMissing(grant: AuthorisationBody['grant'], { secret, key, password }: Secrets): void {
  const missing =
    (grant.type === 'entra' &&
      secret === undefined &&
      key === undefined &&
      'a client secret, or a certificate with its key') ||
    (grant.type === 'client-credentials' && secret === undefined && 'the client secret') ||
    (grant.type === 'password' && password === undefined && 'the password') ||
    (grant.type === 'service-account' && key === undefined && 'the key of the service account');
  if (missing) throw new UserError('secret-needed', `Enter ${missing}.`, { status: 422 });
}

/** A day that never comes would be an alarm for ever. */
function refuseNoDay(day: string | undefined): void {
  if (day === undefined || (!Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day))) return;
  throw new UserError('bad-day', `There is no day ${day}. Enter it as year, month and day, such as 2026-12-31.`, {
    status: 422,
  });
}

function urlsOf(grant: AuthorisationBody['grant'] | Authorisation['grant']): string[] {
  if (grant.type === 'entra') return [grant.authority];
  return grant.type === 'authorization-code' ? [grant.tokenUrl, grant.authUrl] : [grant.tokenUrl];
}

function hostsOf(grant: AuthorisationBody['grant'] | Authorisation['grant']): string {
  return urlsOf(grant)
    .map((url) => new URL(url).host)
    .join(' ');
}

function refuseOpenUrl(text: string): void {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') {
    throw new UserError('address-invalid', `"${text.slice(0, 200)}" is no address of a provider.`, { status: 422 });
  }
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return;
  throw new UserError('address-insecure', `Secrets go to ${url.host}: its address must begin with https.`, {
    status: 422,
  });
}

/** What of the settings signs in by it. */
export function usersOf(settings: Settings, id: string): AuthorisationView['usedBy'] {
  const mailboxes = settings.mailboxes
    .filter((mailbox) => sourceTypeOf(mailbox)?.login(mailbox).authorisation === id)
    .map((mailbox) => ({ kind: 'mailbox' as const, id: mailbox.id, name: mailbox.name }));
  const outbound = settings.outboundMailboxes
    .filter(({ smtp, graph }) => smtp?.authorisation === id || graph?.authorisation === id)
    .map((mailbox) => ({ kind: 'outbound' as const, id: mailbox.id, name: mailbox.name }));
  return [...mailboxes, ...outbound];
}

/** The grant without its secrets. */
export function viewGrant(grant: Authorisation['grant']): AuthorisationView['grant'] {
  const shown: Record<string, unknown> = { ...grant };
  const stored = secretNames.filter((name) => shown[name] !== undefined);
  for (const name of secretNames) delete shown[name];
  // The union's shapes differ in nothing but their secrets, which are gone.
  return { ...shown, stored } as AuthorisationView['grant'];
}
