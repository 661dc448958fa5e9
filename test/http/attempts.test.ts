import { expect, test } from 'vitest';
import { createAttempts } from '../../runtime/http/auth/attempts.ts';

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

  for (let count = 0; count < 25_000; count += 1) {
    expect(() => attempts.begin(`flood-${count}`, '192.0.2.1')).toThrow('Too many');
  }
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
