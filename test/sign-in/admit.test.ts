import { expect, test } from 'vitest';
import { firstSettings } from '../../runtime/settings/first-settings.ts';
import { admit } from '../../runtime/sign-in/admit.ts';
import type { Person } from '../../runtime/sign-in/person.ts';
import type { Settings, User } from '../../schemas/settings.ts';
import type { SignInProvider } from '../../schemas/sign-in-provider.ts';
import { providerOf } from './provider-of.ts';

const person: Person = {
  issuer: 'https://id.test',
  subject: 'u1',
  name: 'Ada',
  email: 'ada@demo.test',
  isEmailProved: true,
  groups: undefined,
  hasTooManyGroups: false,
};
const identity = { issuer: person.issuer, subject: person.subject, since: '2026-11-21T00:00:00.000Z' };
const ada: User = { id: 'ada', email: 'ada@demo.test', name: 'Ada', role: 'admin', identities: [identity] };
const ben: User = { id: 'ben', email: 'ben@demo.test', name: 'Ben', role: 'admin', passwordHash: 'x' };
const mapping = { roleClaim: 'groups', roles: [{ value: 'support', role: 'agent' as const }] };

function settingsWith(users: User[], provider: SignInProvider, part: Partial<Settings> = {}): Settings {
  return structuredClone({ ...firstSettings(), users, signInProviders: [provider], ...part });
}

function letIn(settings: Settings, part: Partial<Person> = {}) {
  const [provider] = settings.signInProviders;
  if (provider === undefined) throw new Error('There is no provider');
  return admit(settings, provider, { ...person, ...part }, { newId: () => 'new', now: 0 });
}

test('the last administrator stays one, whatever the claim says; another one does not', () => {
  const alone = settingsWith([ada], providerOf(mapping));
  const together = settingsWith([ada, ben], providerOf(mapping));

  const kept = letIn(alone, { groups: ['support'] });
  const changed = letIn(together, { groups: ['support'] });

  expect(kept).toMatchObject({ user: { role: 'admin' }, also: ['stays administrator, being the last one'] });
  expect(changed).toMatchObject({ user: { role: 'agent' }, also: ['admin became agent'] });
  expect(alone.users[0]?.role).toBe('admin');
});

test('an administrator who cannot come in is none to rely on', () => {
  const passwordsOff = settingsWith([ada, ben], providerOf(mapping), { localSignIn: false });
  const disabled = settingsWith([ada, { ...ben, disabled: true }], providerOf(mapping));

  expect(letIn(passwordsOff, { groups: ['support'] }).user.role).toBe('admin');
  expect(letIn(disabled, { groups: ['support'] }).user.role).toBe('admin');
});

test('the same subject of another issuer is somebody else', () => {
  const settings = settingsWith([ada], providerOf({}));

  expect(() => letIn(settings, { issuer: 'https://evil.test', email: 'eve@demo.test' })).toThrow(
    expect.objectContaining({ code: 'sign-in-no-user' }),
  );
});

test('an identity of a former issuer makes way for the new one', () => {
  const settings = settingsWith(
    [{ ...ben, identities: [{ ...identity, issuer: 'https://old.test' }] }],
    providerOf({}),
  );

  const { user } = letIn(settings, { email: 'ben@demo.test' });

  expect(user.identities?.map(({ issuer }) => issuer)).toEqual(['https://old.test', 'https://id.test']);
});

test.each(['ADA@demo.test', 'ada@DEMO.test'])('case does not tell addresses apart: %s', (email) => {
  const settings = settingsWith([{ ...ben, email }], providerOf({}));

  expect(letIn(settings).user.id).toBe('ben');
});

test('letters that only look like others do', () => {
  // KELVIN SIGN: its lower case is the letter k.
  const settings = settingsWith([{ ...ben, email: 'kim@demo.test' }], providerOf({}));

  expect(() => letIn(settings, { email: '\u212aim@demo.test' })).toThrow(
    expect.objectContaining({ code: 'sign-in-no-user' }),
  );
});

test('a role that fits nobody refuses before a user is made', () => {
  const making = { createUsers: true, domains: ['demo.test'] };
  const settings = settingsWith([ben], providerOf({ ...mapping, ...making }));

  expect(() => letIn(settings, { groups: ['kitchen'] })).toThrow(expect.objectContaining({ code: 'sign-in-no-role' }));
  expect(() => letIn(settings, { hasTooManyGroups: true })).toThrow(
    expect.objectContaining({ code: 'sign-in-too-many-groups' }),
  );
  expect(settings.users).toEqual([ben]);
});

test('without a claim nothing is said of the role of who is there already', () => {
  const settings = settingsWith([ada], providerOf({ defaultRole: 'viewer' }));

  expect(letIn(settings)).toEqual({ user: ada, also: [] });
});
