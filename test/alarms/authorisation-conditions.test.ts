import { expect, test } from 'vitest';
import { createAuthorisationConditions } from '../../runtime/alarms/authorisation-conditions.ts';
import { firstSettings } from '../../runtime/settings/first-settings.ts';
import type { Authorisation } from '../../schemas/authorisation.ts';

const mine: Authorisation = {
  id: 'mine',
  name: 'Mine',
  provider: 'other',
  grant: {
    type: 'client-credentials',
    tokenUrl: 'https://login.example.test/token',
    clientId: 'c',
    secret: 'sealed:v1:x',
    scope: 'mail',
  },
};

test.each([
  [
    'failing',
    { state: 'failing', failure: { message: 'login.example.test refuses.' } },
    [/Mine.* login\.example\.test refuses\./],
  ],
  ['in want of a person', { state: 'needs-authorising', authorisedAt: 1 }, [/Mine.* Somebody has to sign in again\./]],
  ['never authorised', { state: 'needs-authorising' }, []],
  ['well', { state: 'authorised', authorisedAt: 1 }, []],
])('an authorisation that is %s says why, or nothing', (_name, status, words) => {
  const settings = { read: () => ({ ...firstSettings(), authorisations: [mine] }) };

  const conditions = createAuthorisationConditions({ settings, status: () => status })();

  expect(conditions.map(({ message }) => message)).toEqual(words.map((each) => expect.stringMatching(each)));
});
