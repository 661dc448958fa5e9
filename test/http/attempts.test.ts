import { expect, test } from 'vitest';
import type { Audit } from '../../runtime/audit/audit.ts';
import { createAttempts } from '../../runtime/http/auth/attempts.ts';
import { createSignInLog } from '../../runtime/http/auth/sign-in-log.ts';
import type { User } from '../../schemas/settings.ts';

test('an account is free again after a quarter of an hour', () => {
  let now = 0;
  const attempts = createAttempts({ now: () => now });
  const fail = () => attempts.begin('ada@example.test', '192.0.2.1');
  for (let count = 0; count < 10; count += 1) fail();

  expect(fail).toThrow('Too many failed attempts. Try again in 15 minutes.');
  now = 15 * 60_000;
  expect(fail).not.toThrow();
});

test('case does not make another account', () => {
  const attempts = createAttempts({ now: () => 0 });
  for (let count = 0; count < 10; count += 1) attempts.begin('ada@example.test', `192.0.2.${count}`);

  expect(() => attempts.begin('ADA@example.test', '192.0.2.99')).toThrow('Too many');
});

test('an address that tries many accounts is stopped as well; others are not', () => {
  const attempts = createAttempts({ now: () => 0 });
  for (let count = 0; count < 40; count += 1) attempts.begin(`user-${count}`, '192.0.2.1');

  expect(() => attempts.begin('ada@example.test', '192.0.2.1')).toThrow('Too many');
  expect(() => attempts.begin('ada@example.test', '192.0.2.2')).not.toThrow();
});

test('made-up accounts without number do not free an address that is stopped', () => {
  const attempts = createAttempts({ now: () => 0 });
  for (let count = 0; count < 40; count += 1) attempts.begin(`user-${count}`, '192.0.2.1');

  let refused = 0;
  for (let count = 0; count < 25_000; count += 1) {
    try {
      attempts.begin(`flood-${count}`, '192.0.2.1');
    } catch {
      refused += 1;
    }
  }

  expect(refused).toBe(25_000);
});

test('addresses of one IPv6 network count as one', () => {
  const attempts = createAttempts({ now: () => 0 });
  for (let count = 0; count < 40; count += 1) attempts.begin(`user-${count}`, `2001:db8:1:2::${count.toString(16)}`);

  expect(() => attempts.begin('ada@example.test', '2001:db8:1:2:ffff::1')).toThrow('Too many');
  expect(() => attempts.begin('ada@example.test', '2001:db8:1:3::1')).not.toThrow();
});

test('a clock that is set back by a day does not keep an account locked for that day', () => {
  let now = 86_400_000;
  const attempts = createAttempts({ now: () => now });
  const fail = () => attempts.begin('ada@example.test', '192.0.2.1');
  for (let count = 0; count < 10; count += 1) fail();

  now = 0;

  expect(fail).not.toThrow();
});

test('that an account or an address is stopped is told once in each window', () => {
  let now = 0;
  const told: string[] = [];
  const attempts = createAttempts({ now: () => now }, ({ whom, account, address }) =>
    told.push(`${whom} ${account} ${address}`),
  );
  const knock = (account: string, address: string) => {
    try {
      attempts.begin(account, address);
    } catch {}
  };

  for (let count = 0; count < 12; count += 1) knock('ada@example.test', '192.0.2.1');
  for (let count = 0; count < 45; count += 1) knock(`user-${count}`, '192.0.2.2');
  now = 15 * 60_000;
  for (let count = 0; count < 12; count += 1) knock('ada@example.test', '192.0.2.1');

  const ada = 'account ada@example.test 192.0.2.1';
  expect(told).toEqual([ada, 'address user-40 192.0.2.2', ada]);
});

test('a flood of refused sign-ins leaves a few lines, and hides none of those against users', () => {
  let now = 0;
  const lines: Parameters<Audit['add']>[0][] = [];
  const add: Audit['add'] = async (line) => void lines.push(line);
  const journal = createSignInLog({ audit: { add }, clock: { now: () => now }, log: { warn: () => {} } });
  const ada: User = { id: 'ada', email: 'ada@example.test', name: 'Ada', role: 'admin' };

  for (let count = 0; count < 1_000; count += 1) journal.refused(undefined, `192.0.2.${count % 250}`);
  journal.refused(ada, '192.0.2.1');
  journal.refused({ ...ada, disabled: true }, '192.0.2.1');
  now = 15 * 60_000;
  journal.refused(undefined, '192.0.2.1');

  expect(lines).toHaveLength(50 + 1 + 2 + 1);
  expect(lines[50]?.what).toContain('not written down');
  expect(lines.slice(51, 53).map(({ target }) => target)).toEqual([{ user: 'ada' }, { user: 'ada' }]);
  expect(lines[52]?.what).toContain('disabled');
});
