import { expect, test } from 'vitest';
import { chooseRoute } from '../../runtime/intake/route.ts';
import type { Route } from '../../schemas/route.ts';

const route = (id: string, pattern: string, mailbox?: string): Route => ({
  id,
  pattern,
  flow: id,
  ...(mailbox === undefined ? {} : { mailbox }),
});
const routes = [
  route('all', '*'),
  route('domain', '*@demo.test'),
  route('other-box', 'support@demo.test', 'elsewhere'),
  route('support', 'Support@Demo.test'),
  route('sales', 'sales@demo.test'),
];
const mailbox = { id: 'box', address: 'sales@demo.test' };

test.each([
  {
    case: 'an address beats a domain and everything',
    to: ['support@demo.test'],
    chosen: 'support',
    by: 'support@demo.test',
  },
  { case: 'case does not matter', to: ['SUPPORT@DEMO.TEST'], chosen: 'support', by: 'support@demo.test' },
  {
    case: 'the list decides between two addresses',
    to: ['sales@demo.test', 'support@demo.test'],
    chosen: 'support',
    by: 'support@demo.test',
  },
  {
    case: "the mailbox's own address beats a less exact pattern",
    to: ['info@demo.test'],
    chosen: 'sales',
    by: 'sales@demo.test',
  },
  { case: "a mail by Bcc goes by the mailbox's address", to: [], chosen: 'sales', by: 'sales@demo.test' },
])('$case', ({ to, chosen, by }) => {
  const result = chooseRoute(routes, mailbox, to);

  expect({ id: result?.route.id, address: result?.address }).toEqual({ id: chosen, address: by });
});

test.each([
  { case: 'a domain beats everything', to: ['a@x.test', 'info@demo.test'], chosen: 'domain', by: 'info@demo.test' },
  { case: 'a domain is matched whole', to: ['info@notdemo.test'], chosen: 'all', by: 'info@notdemo.test' },
  { case: 'a mail without recipients is still meant by everything', to: [], chosen: 'all', by: '' },
])('$case, in a mailbox without an address', ({ to, chosen, by }) => {
  const result = chooseRoute(routes, { id: 'box', address: '' }, to);

  expect({ id: result?.route.id, address: result?.address }).toEqual({ id: chosen, address: by });
});

test('a route that is limited to a mailbox counts there, and only there', () => {
  expect(chooseRoute(routes, { id: 'elsewhere', address: '' }, ['support@demo.test'])?.route.id).toBe('other-box');
  expect(chooseRoute([route('x', '*', 'elsewhere')], mailbox, ['support@demo.test'])).toBeNull();
});
