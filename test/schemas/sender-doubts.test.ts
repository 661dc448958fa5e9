import { describe, expect, test } from 'vitest';
import { readableDomain, senderDoubts } from '../../schemas/addresses/sender-doubts.ts';

const sender = (address: string, name = '') => ({ address, name, domain: address.slice(address.lastIndexOf('@') + 1) });

describe('a sender who is made to be misread is told', () => {
  test.each([
    ['Latin and Cyrillic in one label', sender('billing@pаypal.com'), 'mixes alphabets'],
    ['the same as punycode', sender('billing@xn--pypal-4ve.com'), 'xn--pypal-4ve.com'],
    ['all of it in Cyrillic doubles', sender('id@xn--80ak6aa92e.com'), 'only look Latin'],
    ['a name with an address of somebody else', sender('x@evil.example', 'ceo@bank.example'), 'bank.example'],
    ['a name that turns around', sender('x@evil.example', 'moc.knab\u202e'), 'reading direction'],
    ['a name of two alphabets', sender('x@evil.example', 'Micrоsoft'), 'alphabets within a word'],
  ])('%s', (_case, from, words) => {
    expect(senderDoubts(from).join(' ')).toContain(words);
  });
});

test.each([
  sender('ann@a.example', 'Ann Müller-Łuczak'),
  sender('ann@a.example', 'ann@a.example'),
  sender('ann@mail.a.example', 'Ann <ann@a.example>'),
  sender('info@münchen.example', 'Stadt München'),
  sender('info@xn--mnchen-3ya.example', 'Stadt München'),
  sender('инфо@почта.рф', 'Анна Каренина'),
  sender('a@παράδειγμα.gr', 'Νίκος'),
  sender('a@例え.jp', '山田 Taro'),
  sender('', ''),
])('an ordinary sender is not: %j', (from) => {
  expect(senderDoubts(from)).toEqual([]);
});

test('a domain is shown as it reads, broken punycode as it stands', () => {
  expect(readableDomain('xn--mnchen-3ya.example')).toBe('münchen.example');
  expect(readableDomain('xn--\u0001.example')).toBe('xn--\u0001.example');
});
