import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fits } from '../../../schemas/addresses/pattern.ts';
import type { Route } from '../../../schemas/route.ts';
import { chooseRoutes } from '../../../schemas/routing/choose.ts';
import { explainRoutes } from '../../../schemas/routing/explain.ts';
import { routingTable } from '../../../schemas/routing/table.ts';

const route = (id: string, pattern: string, more: Partial<Route> = {}): Route => ({ id, pattern, flow: id, ...more });
const arrival = (
  recipients: string[],
  more: { mailbox?: string; folder?: string; own?: string; isCertain?: boolean } = {},
) => ({
  mailbox: 'box',
  own: '',
  recipients,
  ...more,
});
const ids = (chosen: readonly { route: Route }[]) => chosen.map((each) => each.route.id);

const routes = [
  route('all', '*'),
  route('below', '*@*.demo.test'),
  route('domain', '*@demo.test'),
  route('north', 'sales-north*@demo.test'),
  route('sales', 'sales-*@demo.test'),
  route('vip', 'support+vip@demo.test'),
  route('plus', 'help+*@demo.test'),
  route('order', 'help+order-*@demo.test'),
  route('help', 'help@demo.test'),
  route('support', 'support@demo.test'),
  route('junk', '*', { mailbox: 'box', folder: 'Junk' }),
  route('off', 'off@demo.test', { enabled: false }),
  route('idn', 'info@bücher.example'),
];

test.each([
  ['support@demo.test', 'support'],
  ['support+order-7@demo.test', 'support'],
  ['support+vip@demo.test', 'vip'],
  ['support+vip+gold@demo.test', 'support'],
  ['help@demo.test', 'help'],
  ['help+billing@demo.test', 'plus'],
  ['help+order-7@demo.test', 'order'],
  ['sales-north-2@demo.test', 'north'],
  ['sales-south@demo.test', 'sales'],
  ['anybody@demo.test', 'domain'],
  ['off@demo.test', 'domain'],
  ['x@eu.demo.test', 'below'],
  ['x@notdemo.test', 'all'],
  ['info@xn--bcher-kva.example', 'idn'],
  ['INFO@BÜCHER.example', 'idn'],
  ['"two words"@demo.test', 'domain'],
])('mail to %s takes the route %s', (address, expected) => {
  expect(ids(chooseRoutes(routes, arrival([address])))).toEqual([expected]);
  expect(explainRoutes(routes, { address, mailbox: 'box' }).items.find(({ takes }) => takes)?.route).toBe(expected);
});

test('a route for a folder takes what is in it, whoever it was sent to', () => {
  const chosen = chooseRoutes(routes, arrival(['support@demo.test'], { folder: 'Junk' }));

  expect(ids(chosen)).toEqual(['junk']);
});

test("a plus-address that was written to beats the mailbox's own address, which beats a domain", () => {
  const own = 'support@demo.test';

  expect(ids(chooseRoutes(routes, arrival(['help+7@demo.test'], { own })))).toEqual(['plus']);
  expect(ids(chooseRoutes(routes, arrival(['anybody@demo.test'], { own })))).toEqual(['support']);
  // The transaction says for whom it is: a route for the whole domain takes it.
  expect(ids(chooseRoutes(routes, arrival(['anybody@demo.test'], { own, isCertain: true })))).toEqual(['domain']);
});

test('a mail to several of ours takes one route, or each of them once; strangers beside them count for nothing', () => {
  const to = ['vera@example.com', 'anybody@demo.test', 'help@demo.test', 'support+a@demo.test', 'support@demo.test'];

  expect(ids(chooseRoutes(routes, arrival(to)))).toEqual(['help']);
  expect(ids(chooseRoutes(routes, arrival(to), 'every'))).toEqual(['help', 'support', 'domain']);
  expect(ids(chooseRoutes(routes, arrival(['vera@example.com']), 'every'))).toEqual(['all']);
  expect(ids(chooseRoutes(routes, arrival([], { own: 'help@demo.test' }), 'every'))).toEqual(['help']);
});

test('each route says why it takes the address or does not', () => {
  const { address, items } = explainRoutes(routes, { address: ' Support+VIP@Demo.Test ', mailbox: 'box' });
  const copied = explainRoutes(routes, { address: '"VIP, Support" <Support+VIP@Demo.Test>', mailbox: 'box' });
  const why = (id: string) => items.find(({ route: each }) => each === id)?.why;

  expect(address).toBe('support+vip@demo.test');
  expect(copied).toEqual({ address, items });
  expect(items.slice(0, 4).map(({ route: each }) => each)).toEqual(['vip', 'support', 'domain', 'all']);
  expect(why('vip')).toBe('The pattern is this very address; nothing that fits is more specific.');
  expect(why('support')).toContain('"support+vip@demo.test" is more specific');
  expect(why('junk')).toBe('Only for mail in the folder "Junk".');
  expect(why('off')).toBe('It is switched off.');
  expect(explainRoutes(routes, { address: 'no address' })).toMatchObject({ address: '', items: { length: 13 } });
});

const local = fc.constantFrom('a', 'b', 'a+x', 'a+y', 'ab', '"a"', 'A');
const domain = fc.constantFrom('demo.test', 'Demo.TEST', 'eu.demo.test', 'other.test');
const address = fc.tuple(local, domain).map(([name, at]) => `${name}@${at}`);
const pattern = fc.oneof(
  fc.constantFrom('*', '*@demo.test', '*@*.demo.test', '*@other.test', 'a+*@demo.test', 'a*@demo.test', '*b@demo.test'),
  fc.tuple(fc.constantFrom('a', 'b', 'ab', 'a+x'), domain).map(([name, at]) => `${name}@${at}`),
);
const anyRoutes = fc
  .array(
    fc.record({
      pattern,
      enabled: fc.boolean(),
      mailbox: fc.option(fc.constantFrom('box', 'elsewhere'), { nil: undefined }),
      folder: fc.option(fc.constantFrom('INBOX', 'Junk'), { nil: undefined }),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ pattern: text, enabled, mailbox, folder }, index) =>
      route(`r${index}`, text, {
        enabled,
        ...(mailbox === undefined ? {} : { mailbox }),
        ...(folder === undefined || mailbox === undefined ? {} : { folder }),
      }),
    ),
  );

test('the choice is the same for the same mail, never less specific than another that fits, and what the page explains', () => {
  fc.assert(
    fc.property(anyRoutes, fc.array(address, { minLength: 1, maxLength: 4 }), (all, recipients) => {
      const mail = arrival(recipients, { folder: 'INBOX' });
      const [chosen] = chooseRoutes(all, mail);
      const again = chooseRoutes(structuredClone(all), arrival(recipients.toReversed(), { folder: 'INBOX' }));
      expect(again.map((each) => each.route)).toEqual(chosen === undefined ? [] : [chosen.route]);

      const explained = recipients.map((each) =>
        explainRoutes(all, { address: each, mailbox: 'box', folder: 'INBOX' }),
      );
      const fitting = new Set(explained.flatMap(({ items }) => items.filter((item) => item.fits).map((i) => i.route)));
      expect(chosen === undefined).toBe(fitting.size === 0);
      if (chosen === undefined) return;
      expect(fitting).toContain(chosen.route.id);
      // One of the recipients, explained alone, would take it too.
      expect(explained.some(({ items }) => items.find((item) => item.takes)?.route === chosen.route.id)).toBe(true);
      const { rules } = routingTable(all);
      const kindOf = (id: string) => rules.find((rule) => rule.route.id === id)?.pattern.kind ?? 'any';
      const isFolder = (id: string) => all.find((each) => each.id === id)?.folder !== undefined;
      for (const id of fitting) {
        if (isFolder(id) !== isFolder(chosen.route.id)) expect(isFolder(chosen.route.id)).toBe(true);
        else if (kindOf(id) !== 'exact') {
          // An exact pattern may fit as a plus-address only, which is less than a pattern for those.
          const least = kindOf(chosen.route.id) === 'exact' ? 'plus-of-exact' : kindOf(chosen.route.id);
          expect(fits.indexOf(kindOf(chosen.route.id)) <= fits.indexOf(kindOf(id)) || least === 'plus-of-exact').toBe(
            true,
          );
        }
      }
      const each = chooseRoutes(all, mail, 'every');
      expect(each.length).toBeGreaterThan(0);
      expect(new Set(ids(each)).size).toBe(each.length);
      expect(each[0]?.route).toEqual(chosen.route);
    }),
    { numRuns: 500 },
  );
});
