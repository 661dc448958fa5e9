import { expect, test } from 'vitest';
import { createAuthorisationConditions } from '../../runtime/alarms/authorisation-conditions.ts';
import { expiriesOf } from '../../runtime/authorisations/expiries.ts';
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

const minute = 60_000;
const now = 1_000 * minute;
const failing = (since: number, mayPass: boolean) => ({
  state: 'failing',
  failure: { message: 'login.example.test refuses.', since: now - since, mayPass },
});

test.each([
  ['refused just now', failing(0, false), [/Mine.* login\.example\.test refuses\. See/]],
  ['without a network for 14 minutes', failing(14 * minute, true), []],
  ['without a network for 15 minutes', failing(15 * minute, true), [/Mine.* For 15 minutes: .* goes on asking\./]],
  ['in want of a person', { state: 'needs-authorising', authorisedAt: 1 }, [/Mine.* Somebody has to sign in again\./]],
  ['never authorised', { state: 'needs-authorising' }, []],
  ['well', { state: 'authorised', authorisedAt: 1 }, []],
])('an authorisation that is %s says why, or nothing', (_name, state, words) => {
  const settings = { read: () => ({ ...firstSettings(), authorisations: [mine] }) };
  const status = () => ({ expiries: [], ...state });

  const conditions = createAuthorisationConditions({ settings, status, clock: { now: () => now } })();

  expect(conditions.map(({ message }) => message)).toEqual(words.map((each) => expect.stringMatching(each)));
});

test.each([
  ['2026-11-21', [/^The secret of the authorisation "Mine" ended on 2026-11-21, /]],
  ['2026-11-22', [/^The secret of the authorisation "Mine" ends on 2026-11-22, .* on the page Authorisations\.$/]],
  ['2026-11-28', [/ ends on 2026-11-28, /]],
  ['2026-11-29', []],
])('a secret that ends on %s is told a week ahead, and after it', (secretExpiresOn, words) => {
  const clock = { now: () => Date.parse('2026-11-21T12:00:00Z') };
  const settings = { read: () => ({ ...firstSettings(), authorisations: [mine] }) };
  const expiries = expiriesOf({ ...mine, secretExpiresOn, consentExpiresOn: '2027-06-01' }, clock.now());
  const status = () => ({ state: 'authorised', expiries });

  const conditions = createAuthorisationConditions({ settings, status, clock })();

  expect(conditions.map(({ message }) => message)).toEqual(words.map((each) => expect.stringMatching(each)));
});
