import { expect, test } from 'vitest';
import { trustedResults } from '../../runtime/sender-proof/trusted-results.ts';

const from = { address: 'anna@shop.test', name: '', domain: 'shop.test' };

test.each([
  ['mx.demo.test; dmarc=pass header.from=shop.test', 'proved'],
  ['mx.demo.test 1; spf=pass smtp.mailfrom=bounce@mail.shop.test; dkim=none', 'proved'],
  ['mx.demo.test 1; spf=pass smtp.mailfrom=bounce@mailshop.test; dkim=none', 'unproved'],
  ['mx.demo.test; spf=pass smtp.mailfrom=anna@shop.test', 'proved'],
  ['mx.demo.test; dkim=pass header.i=@shop.test header.s=x', 'proved'],
  ['mx.demo.test; dkim=pass header.d=evil.test', 'unproved'],
  ['mx.demo.test; dkim=fail header.d=shop.test', 'unproved'],
  ['mx.demo.test; spf=fail (x; dmarc=pass header.from=shop.test) smtp.mailfrom=shop.test', 'unproved'],
  ['mx.demo.test; dmarc=pass header.from=test', 'unproved'],
  ['mx.demo.test; dmarc=fail (p=REJECT sp=NONE dis=NONE) header.from=shop.test', 'forged'],
  ['mx.demo.test; dmarc=fail (p=NONE) header.from=shop.test; spf=softfail smtp.mailfrom=x@evil.test', 'unproved'],
])('what a mail server wrote about the sender: %s', (header, expected) => {
  const found = trustedResults({ from, headers: { 'authentication-results': [header] } }, ['MX.demo.test']);

  expect(found).toMatchObject({ sender: expected, by: 'mx.demo.test' });
});

test.each([
  ['shop.co.uk', 'shop.co.uk', 'proved'],
  ['news.shop.co.uk', 'shop.co.uk', 'proved'],
  ['bounces.shop.co.uk', 'news.shop.co.uk', 'proved'],
  ['co.uk', 'shop.co.uk', 'unproved'],
  ['other.co.uk', 'shop.co.uk', 'unproved'],
  ['eve.github.io', 'ann.github.io', 'unproved'],
  ['github.io', 'ann.github.io', 'unproved'],
  ['com', 'shop.com', 'unproved'],
  ['127.0.0.1', '127.0.0.1', 'unproved'],
])('a pass of %s makes a sender of %s %s', (named, domain, expected) => {
  const headers = { 'authentication-results': [`mx.demo.test; dkim=pass header.d=${named}`] };

  const found = trustedResults({ from: { address: `a@${domain}`, name: '', domain }, headers }, ['mx.demo.test']);

  expect(found?.sender).toBe(expected);
});

test('results that somebody else wrote are none', () => {
  const headers = { 'authentication-results': ['mx.evil.test; dmarc=pass header.from=shop.test'] };

  expect(trustedResults({ from, headers }, ['mx.demo.test'])).toBeNull();
  expect(trustedResults({ from, headers: {} }, ['mx.demo.test'])).toBeNull();
});

test('each method keeps its best result, and the words of the server', () => {
  const header =
    'mx.google.com; dkim=fail header.i=@shop.test; dkim=pass header.i=@shop.test header.s=a; spf=pass (google.com: domain of anna@shop.test designates 192.0.2.1 as permitted sender) smtp.mailfrom=anna@shop.test; dmarc=pass (p=REJECT) header.from=shop.test';

  const found = trustedResults({ from, headers: { 'authentication-results': [header] } }, ['mx.google.com']);

  expect(found).toMatchObject({ spf: 'pass', dkim: 'pass', dmarc: 'pass', sender: 'proved' });
  expect(found?.evidence?.map(({ method, result }) => `${method} ${result}`)).toEqual([
    'dkim fail',
    'dkim pass',
    'spf pass',
    'dmarc pass',
  ]);
});
