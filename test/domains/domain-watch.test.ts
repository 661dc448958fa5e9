import { expect, onTestFinished, test } from 'vitest';
import { createDomainConditions } from '../../runtime/alarms/domain-conditions.ts';
import { createDnsLookup, type DnsLookup } from '../../runtime/domains/dns-lookup.ts';
import { createDomainWatch } from '../../runtime/domains/domain-watch.ts';
import { firstSettings } from '../../runtime/settings/first-settings.ts';
import { isVerified } from '../../schemas/domain.ts';
import type { Settings } from '../../schemas/settings.ts';
import { startDnsServer } from '../support/dns-server.ts';

const minute = 60_000;

/** One domain that is verified by its SPF record, watched by a clock of the test's. */
async function watchedDomain() {
  const dns = await startDnsServer();
  onTestFinished(() => dns.stop());
  let settings = firstSettings();
  settings.domains.push({ id: 'shop', name: 'shop.com', receives: false, spf: 'include:relay.net', dkim: [] });
  const real = createDnsLookup([dns.address]);
  let isAway = false;
  let asked = 0;
  const lookup: DnsLookup = {
    ask(type, name) {
      asked += 1;
      return isAway ? Promise.resolve({ failed: 'ETIMEOUT' }) : real.ask(type, name);
    },
  };
  const clock = { at: Date.parse('2026-11-21T12:00:00Z'), now: () => clock.at };
  const store = {
    read: () => settings,
    async update(change: (draft: Settings) => void) {
      const draft = structuredClone(settings);
      change(draft);
      settings = draft;
      return draft;
    },
  };
  const watch = createDomainWatch({ settings: store, dns: lookup, clock, log: { warn() {} } });
  const conditions = createDomainConditions({ settings: store });
  return {
    dns,
    goAway(away: boolean) {
      isAway = away;
    },
    asked: () => asked,
    async pass(minutes: number) {
      clock.at += minutes * minute;
      await watch.pass();
      const domain = settings.domains.find(({ id }) => id === 'shop');
      return {
        verified: domain !== undefined && isVerified(domain),
        alarms: conditions().map(({ message }) => message),
      };
    },
  };
}

test('a record that vanishes is missed once, then the domain is verified no more and an alarm says so, until it is back', async () => {
  const { dns, pass, asked } = await watchedDomain();
  dns.texts.set('shop.com', ['v=spf1 include:relay.net -all']);
  dns.texts.set('_dmarc.shop.com', ['v=DMARC1; p=none']);

  const first = await pass(0);
  const questions = asked();
  await pass(30);
  const early = asked();
  dns.texts.set('shop.com', []);
  const missed = await pass(31);
  const gone = await pass(11);
  dns.texts.set('shop.com', ['v=spf1 include:relay.net -all']);
  const back = await pass(61);

  expect(first).toEqual({ verified: true, alarms: [] });
  // The demo domain is for trials, and never asked for.
  expect([questions, early]).toEqual([2, 2]);
  expect(missed).toEqual({ verified: true, alarms: [] });
  expect(gone).toEqual({ verified: false, alarms: [expect.stringMatching(/shop\.com has lost .*: SPF\. It counts/)] });
  expect(back).toEqual({ verified: true, alarms: [] });
});

test('a resolver that is away takes nothing away, however long', async () => {
  const { dns, pass, goAway } = await watchedDomain();
  dns.texts.set('shop.com', ['v=spf1 include:relay.net -all']);
  dns.texts.set('_dmarc.shop.com', ['v=DMARC1; p=none']);
  await pass(0);
  goAway(true);

  const away = [await pass(61), await pass(11), await pass(11), await pass(11)];

  expect(away).toEqual(Array(4).fill({ verified: true, alarms: [] }));
});

test('what was never there is no alarm', async () => {
  const { pass } = await watchedDomain();

  const passes = [await pass(0), await pass(61), await pass(61)];

  expect(passes).toEqual(Array(3).fill({ verified: false, alarms: [] }));
});
