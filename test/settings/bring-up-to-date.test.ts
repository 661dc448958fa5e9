import { expect, test } from 'vitest';
import { broughtUpToDate } from '../../runtime/settings/bring-up-to-date.ts';
import { firstSettings } from '../../runtime/settings/first-settings.ts';
import { settingsSchema } from '../../schemas/settings.ts';
import { createValidator } from '../../schemas/validate.ts';

test('a document of before domains, routing and from addresses is read, and its receiver domains are domains', () => {
  const { domains: _, routing: _routing, fromAddresses: _from, ...earlier } = firstSettings();
  const names = ['demo.test', 'Bücher.example', 'demo.test', 'a-b.test', 'a.b.test', 'no domain'];

  const now = broughtUpToDate({ ...earlier, receiver: { domains: names } });

  const result = createValidator(settingsSchema)(now);
  expect(result.ok ? result.value.domains.map(({ name, receives }) => [name, receives]) : result.issues).toEqual([
    ['demo.test', true],
    ['xn--bcher-kva.example', true],
    ['a-b.test', true],
    ['a.b.test', true],
  ]);
  expect(now).toMatchObject({ routing: { destinations: 'one' }, fromAddresses: [] });
  const current = firstSettings();
  expect(broughtUpToDate(current)).toEqual(current);
});
