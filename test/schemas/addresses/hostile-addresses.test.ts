import { expect, test } from 'vitest';
import { addressParts, enteredAddress } from '../../../schemas/addresses/address.ts';
import { asciiDomain } from '../../../schemas/addresses/ascii-domain.ts';
import { readPattern } from '../../../schemas/addresses/pattern.ts';

test.each([
  ['Example.COM', 'example.com'],
  ['example.com.', 'example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
  ['ｅｘａｍｐｌｅ.com', 'example.com'],
  // Cyrillic а: another domain, however alike it looks.
  ['pаypal.com', 'xn--pypal-4ve.com'],
])('%s is the domain %s', (text, ascii) => {
  expect(asciiDomain(text)).toBe(ascii);
});

test.each([
  '',
  '.',
  'a..b',
  '-',
  'exa mple.com',
  'example.com\r\nBcc: eve@evil.test',
  'user@example.com',
  'example.com/path',
  'example.com:25',
  '127.0.0.1',
  '2130706433',
  '[::1]',
  '*.example.com',
  '%65xample.com',
  'exam\u202eple.com',
  'exam\u200bple.com',
  `${'a'.repeat(64)}.com`,
  `${'a.'.repeat(130)}com`,
])('%j is no domain', (text) => {
  expect(asciiDomain(text)).toBeNull();
});

test.each([
  ['Support@Demo.test', { local: 'support', domain: 'demo.test' }],
  ['<support@demo.test>', { local: 'support', domain: 'demo.test' }],
  ['"support"@demo.test', { local: 'support', domain: 'demo.test' }],
  ['"two words"@demo.test', { local: '"two words"', domain: 'demo.test' }],
  ['"a@b"@demo.test', { local: '"a@b"', domain: 'demo.test' }],
  ['用户@例え.example', { local: '用户', domain: 'xn--r8jz45g.example' }],
])('%s is compared as %j', (text, parts) => {
  expect(addressParts(text)).toEqual(parts);
});

test.each([
  'support@demo.test\nBcc: eve@evil.test',
  '"support"@demo.test',
  'a b@demo.test',
  'a@b@demo.test',
  '<a@demo.test>',
  'a,b@demo.test',
  '*@demo.test',
  'sup\u202eport@demo.test',
  `${'a'.repeat(65)}@demo.test`,
  '@demo.test',
  'support@',
  'support',
])('%j cannot be entered as an address of ours', (text) => {
  expect(enteredAddress(text)).toBeNull();
});

test.each(['support@demo.test\r\nX: y', 'a"b@demo.test', '*@*', 'a@*.*.test', 'a*b*c*d*e*f@demo.test', 'a@b c', 'x'])(
  '%j is no pattern, or the one for everything',
  (text) => {
    const pattern = readPattern(text);

    expect(typeof pattern === 'string' || pattern.kind === 'any').toBe(true);
  },
);

test('a pattern made to be slow is not', () => {
  const pattern = readPattern('*a*a*a*a@demo.test');
  const address = { local: 'a'.repeat(100_000), domain: 'demo.test' };

  expect(typeof pattern === 'string' ? pattern : pattern.fit(address)).toBe('wildcard');
  expect(typeof pattern === 'string' ? pattern : pattern.fit({ ...address, local: `${address.local}b` })).toBeNull();
});
