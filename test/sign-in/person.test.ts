import { expect, test } from 'vitest';
import { isIncomplete, personOf } from '../../runtime/sign-in/person.ts';
import { providerOf } from './provider-of.ts';

const claims = { iss: 'https://id.test', sub: 'u1', email: 'ada@demo.test', name: 'Ada' };
const google = providerOf({ kind: 'google' });
const entra = providerOf({ kind: 'entra' });

test.each([
  ['what the provider verified', providerOf({}), { email_verified: true }, true],
  ['the same as a text, as some write it', providerOf({}), { email_verified: 'true' }, true],
  ['what it did not', providerOf({}), { email_verified: false }, false],
  ['what it says nothing of', providerOf({}), {}, false],
  ['anything truthy that is not true', providerOf({}), { email_verified: 'yes' }, false],
  ['what the administrator vouches for', providerOf({ trustsEmail: true }), {}, true],
  ['an address in Entra that anybody may have written there', entra, { email_verified: true }, false],
  ['an address in Entra whose domain the tenant owns', entra, { xms_edov: true }, true],
  ['the same as Entra writes it elsewhere', entra, { xms_edov: '1' }, true],
  ['a foreign address at Google without a Workspace', google, { email_verified: true }, false],
  ['an address of a Workspace', google, { email_verified: true, hd: 'demo.test' }, true],
  ['an address of Gmail', google, { email_verified: true, email: 'ada@gmail.com' }, true],
  ['a Workspace without a verified address', google, { email_verified: false, hd: 'demo.test' }, false],
])('an address counts as proved or not: %s', (_name, provider, more, expected) => {
  expect(personOf({ ...claims, ...more }, {}, provider).isEmailProved).toBe(expected);
});

test('an address is proved by the place that it comes from, and by no other', () => {
  const { email: _, ...bare } = claims;

  const fromUserInfo = personOf({ ...bare, email_verified: true }, { email: 'eve@demo.test' }, providerOf({}));
  const fromToken = personOf(claims, { email: 'eve@demo.test', email_verified: true }, providerOf({}));

  expect(fromUserInfo).toMatchObject({ email: 'eve@demo.test', isEmailProved: false });
  expect(fromToken).toMatchObject({ email: 'ada@demo.test', isEmailProved: false });
});

test.each(['not an address', 'ada@demo.test\r\nBcc: eve@evil.test', 'ada@', '<ada@demo.test>', 7, null])(
  'what is no address is none: %j',
  (email) => {
    expect(personOf({ ...claims, email, email_verified: true }, {}, providerOf({ trustsEmail: true }))).toMatchObject({
      email: null,
      isEmailProved: false,
    });
  },
);

test.each([
  ['groups', { groups: ['a', 'b', 7] }, ['a', 'b']],
  ['role', { role: 'a' }, ['a']],
  ['realm_access.roles', { realm_access: { roles: ['a'] } }, ['a']],
  ['https://demo.test/roles', { 'https://demo.test/roles': ['a'] }, ['a']],
  ['groups', {}, undefined],
  ['__proto__', {}, undefined],
  ['constructor.name', {}, undefined],
  ['groups.length', { groups: 'abc' }, undefined],
])('the claim %s is read', (roleClaim, more, expected) => {
  expect(personOf({ ...claims, ...more }, {}, providerOf({ roleClaim })).groups).toEqual(expected);
});

test('groups that Entra keeps back are noticed', () => {
  const provider = providerOf({ kind: 'entra', roleClaim: 'groups' });

  const overfull = personOf({ ...claims, _claim_names: { groups: 'src1' } }, {}, provider);

  expect(overfull.hasTooManyGroups).toBe(true);
  expect(personOf(claims, {}, provider).hasTooManyGroups).toBe(false);
});

test('more is asked for only where something is missing', () => {
  expect(isIncomplete(claims, {})).toBe(false);
  expect(isIncomplete(claims, { roleClaim: 'groups' })).toBe(true);
  expect(isIncomplete({ iss: 'https://id.test', sub: 'u1' }, {})).toBe(true);
});
