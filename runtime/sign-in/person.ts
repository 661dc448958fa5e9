import { enteredAddress } from '../../schemas/addresses/address.ts';
import type { SignInProvider } from '../../schemas/sign-in-provider.ts';

/** What a provider says of a claim's name to its value. */
export type Claims = Readonly<Record<string, unknown>>;

/** Who came, as a provider has proved it. */
export interface Person {
  issuer: string;
  subject: string;
  name: string;
  /** Null where the provider names none that is one. */
  email: string | null;
  /** Whether the provider vouches for it. */
  isEmailProved: boolean;
  /** Of the role claim; undefined where the claim is not there. */
  groups: readonly string[] | undefined;
  /** The provider says that there are more groups than it tells. */
  hasTooManyGroups: boolean;
}

/** True where the user info endpoint may know what the ID token leaves out. */
export function isIncomplete(claims: Claims, { roleClaim }: Pick<SignInProvider, 'roleClaim'>): boolean {
  return typeof claims.email !== 'string' || (roleClaim !== undefined && claimAt(claims, roleClaim) === undefined);
}

/** @param more what the user info endpoint said of the same subject. */
export function personOf(
  claims: Claims & { iss: string; sub: string },
  more: Claims,
  provider: SignInProvider,
): Person {
  // An address and the word on whether it is proved come from the same place.
  const source = typeof claims.email === 'string' ? claims : more;
  const email = typeof source.email === 'string' ? enteredAddress(source.email) : null;
  const { roleClaim } = provider;
  const value = roleClaim === undefined ? undefined : (claimAt(claims, roleClaim) ?? claimAt(more, roleClaim));
  return {
    issuer: claims.iss,
    subject: claims.sub,
    name: nameOf(claims, more) ?? email ?? claims.sub.slice(0, 200),
    email,
    isEmailProved: email !== null && isProved(email, source, provider),
    groups: textsOf(value),
    hasTooManyGroups: value === undefined && roleClaim !== undefined && isOverfull(claims, roleClaim),
  };
}

function isProved(email: string, claims: Claims, { kind, trustsEmail }: SignInProvider): boolean {
  if (trustsEmail) return true;
  // Entra's address is whatever somebody wrote there; this optional claim says that a domain of the tenant's stands behind it.
  if (kind === 'entra') return isTrue(claims.xms_edov) || claims.xms_edov === 1 || claims.xms_edov === '1';
  if (!isTrue(claims.email_verified)) return false;
  // Google verifies a foreign address once, and does not hear of it when it passes to somebody else.
  if (kind === 'google') return email.toLowerCase().endsWith('@gmail.com') || typeof claims.hd === 'string';
  return true;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function nameOf(...sources: Claims[]): string | undefined {
  for (const { name, preferred_username } of sources) {
    for (const text of [name, preferred_username]) {
      if (typeof text === 'string' && text.trim() !== '') return text.trim().slice(0, 200);
    }
  }
  return undefined;
}

/** By its own name, or as a path through objects such as Keycloak's `realm_access.roles`. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((value, part) => {
    const isInside = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    return isInside ? Reflect.get(value, part) : undefined;
  }, claims);
}

function textsOf(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : undefined;
}

/** Entra leaves the claim out beyond 200 groups, and says where to ask instead. */
function isOverfull(claims: Claims, roleClaim: string): boolean {
  return Object.hasOwn(Object(claims._claim_names), roleClaim) || isTrue(claims.hasgroups);
}
