import { enteredAddress } from '../../schemas/addresses/address.ts';
import { type Role, rolesByRank } from '../../schemas/role.ts';
import type { Settings, User } from '../../schemas/settings.ts';
import type { SignInProvider } from '../../schemas/sign-in-provider.ts';
import type { Person } from './person.ts';
import { refusal } from './refusal.ts';
import { hasAdministrator } from './ways-in.ts';

/** The settings are one document, read as a whole. */
const maxUsers = 10_000;

export interface Admitted {
  user: User;
  /** What the sign-in did beside letting in, in words for the log. */
  also: string[];
}

interface AdmitOptions {
  newId(email: string, draft: Settings): string;
  /** Milliseconds since the epoch. */
  now: number;
}

/**
 * Finds or makes the user of a person, as the settings of this moment have it, and gives them the role that they have now. Whoever has come
 * before is known by issuer and subject alone: an address says who somebody is only once.
 *
 * @throws UserError: one of the problems of a sign-in.
 */
export function admit(
  draft: Settings,
  provider: SignInProvider,
  person: Person,
  { newId, now }: AdmitOptions,
): Admitted {
  const also: string[] = [];
  const identity = { issuer: person.issuer, subject: person.subject, since: new Date(now).toISOString() };
  const known = draft.users.find((each) => isKnown(each, person));
  const found = known ?? findByEmail(draft, provider, person);
  if (found?.disabled) throw refusal('sign-in-disabled', `${found.email} is disabled.`);
  const user = found ?? newUser(draft, provider, person, newId);
  if (known === undefined) {
    const others = (user.identities ?? []).filter(({ issuer }) => issuer !== person.issuer);
    user.identities = [...others, identity];
    also.push(found === undefined ? 'made a user' : 'linked to the user of the same address');
  }
  if (found === undefined) draft.users.push(user);
  else also.push(...changeRole(draft, found, roleOf(person, provider)));
  return { user, also };
}

function changeRole(draft: Settings, user: User, role: Role | undefined): string[] {
  const former = user.role;
  if (role === undefined || role === former) return [];
  user.role = role;
  if (former !== 'admin' || hasAdministrator(draft)) return [`${former} became ${role}`];
  user.role = former;
  return ['stays administrator, being the last one'];
}

function isKnown({ identities = [] }: User, { issuer, subject }: Person): boolean {
  return identities.some((each) => each.issuer === issuer && each.subject === subject);
}

/** Whom an administrator has made ready for them. */
function findByEmail(
  draft: Settings,
  provider: SignInProvider,
  { email, issuer, isEmailProved }: Person,
): User | undefined {
  const user = draft.users.find((each) => isSameAddress(each.email, email));
  if (user === undefined) return undefined;
  if (!isEmailProved) throw refusal('sign-in-email-unverified', `${email} is not proved by ${provider.name}.`);
  if (user.identities?.some((each) => each.issuer === issuer)) {
    throw refusal('sign-in-other-identity', `${email} has signed in at ${provider.name} under another subject before.`);
  }
  return user;
}

function newUser(draft: Settings, provider: SignInProvider, person: Person, newId: AdmitOptions['newId']): User {
  const { email, name } = person;
  if (!provider.createUsers) throw refusal('sign-in-no-user', `Nobody has the address ${email ?? '(none)'}.`);
  if (email === null || !person.isEmailProved) {
    throw refusal('sign-in-email-unverified', `${email ?? '(no address)'} is not proved by ${provider.name}.`);
  }
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  if (!provider.domains.includes(domain)) throw refusal('sign-in-domain', `${email} is of another domain.`);
  if (draft.deletedUsers.some((gone) => isGone(gone, person))) {
    throw refusal('sign-in-no-user', `${email} was deleted. Adding the user again lets them in.`);
  }
  if (draft.users.length >= maxUsers) throw refusal('sign-in-too-many-users');
  return { id: newId(email, draft), email, name, role: requiredRole(person, provider) };
}

function isGone({ email, identities }: Settings['deletedUsers'][number], person: Person): boolean {
  if (isSameAddress(email, person.email)) return true;
  return identities.some(({ issuer, subject }) => issuer === person.issuer && subject === person.subject);
}

function requiredRole(person: Person, provider: SignInProvider): Role {
  const role = roleOf(person, provider) ?? provider.defaultRole;
  if (role === null) throw refusal('sign-in-no-role', `${provider.name} has no role for new users.`);
  return role;
}

/** Undefined where the provider has no say in it. */
function roleOf({ groups, hasTooManyGroups, email }: Person, provider: SignInProvider): Role | undefined {
  const { roleClaim, roles, defaultRole } = provider;
  if (roleClaim === undefined) return undefined;
  const given = new Set(roles.filter(({ value }) => groups?.includes(value)).map(({ role }) => role));
  const highest = rolesByRank.find((role) => given.has(role));
  if (highest !== undefined) return highest;
  if (hasTooManyGroups) {
    throw refusal('sign-in-too-many-groups', `${provider.name} leaves the claim ${roleClaim} out: too many groups.`);
  }
  if (defaultRole !== null) return defaultRole;
  const said = groups === undefined ? 'was not there' : `held nothing of the list (${groups.length} values)`;
  throw refusal('sign-in-no-role', `The claim ${roleClaim} of ${email ?? 'somebody'} ${said}.`);
}

/** Letters outside of ASCII are left as they are: some of them fold to another person's. */
function isSameAddress(entered: string, said: string | null): boolean {
  const fold = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return said !== null && fold(enteredAddress(entered) ?? entered) === fold(said);
}
