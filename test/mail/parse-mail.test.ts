import { expect, test } from 'vitest';
import { readEmail, readLines } from './read-email.ts';

test('addresses are flattened, decoded and lower-cased in the domain only', async () => {
  const email = await readEmail('customer-with-list-of-people');

  expect(email.from).toEqual({ address: 'Jane.Doe@example.com', name: 'Doe, Jane', domain: 'example.com' });
  expect(email.to.map(({ address }) => address)).toEqual([
    'ann@one.example',
    'bob@two.example',
    '"odd local"@three.example',
    'j@xn--mnchen-3ya.example',
  ]);
  expect(email.to.at(-1)?.name).toBe('Jürgen');
  expect(email.cc).toEqual([]);
  expect(email.replyTo[0]?.address).toBe('desk@example.com');
});

test('subject, date, ids and language are read', async () => {
  const email = await readEmail('customer-with-list-of-people');

  expect(email.subject).toBe('Drucker kaputt and a folded line');
  expect(email.date).toBe('2026-03-03T13:15:00.000Z');
  expect(email.messageId).toBe('one@example.com');
  expect(email.inReplyTo).toBe('zero@demo.test');
  expect(email.references).toEqual(['first@demo.test', 'zero@demo.test']);
  expect(email.language).toBe('en');
  expect(email.replyText).toMatch(/^Hello,[\s\S]*Jane$/);
  expect(email.preview).toMatch(/^Hello, the printer on the second floor/);
  expect(email.authentication).toEqual({ spf: 'none', dkim: 'none', dmarc: 'none' });
});

test('headers keep their order, and names of object members are only names', async () => {
  const { headers } = await readEmail('customer-with-list-of-people');

  expect(headers['x-custom']).toEqual(['one', 'two']);
  expect(Object.getPrototypeOf(headers)).toBeNull();
  expect(Object.keys(headers)).toContain('__proto__');
  expect(headers.constructor).toEqual(['strange']);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('an encoded mailbox is one address, and an encoded address is none', async () => {
  const whole = await readLines(['From: =?utf-8?Q?Ann_=3Cann=40a=2Eexample=3E?=']);
  const trick = await readLines(['From: =?utf-8?Q?boss=40bank=2Eexample?=@evil.example']);

  expect(whole.from).toEqual({ address: 'ann@a.example', name: 'Ann', domain: 'a.example' });
  expect(trick.from.address).toBe('');
  expect(trick.mayAutoRespond).toBe(false);
});

test('attachments are counted, not kept', async () => {
  const { attachments, text } = await readEmail('invoice-from-no-reply');

  expect(attachments).toEqual([{ name: 'invoice.pdf', type: 'application/pdf', size: 15, inline: false }]);
  expect(text.trim()).toBe('Please find your invoice attached.');
});

test('a mail within a mail is one attachment, its words are not those of the sender, and pictures of the text are told from files', async () => {
  const part = (...lines: string[]) => ['--b', ...lines].join('\r\n');
  const inner = 'From: bob@b.example\r\nSubject: Inner\r\nContent-Type: text/plain\r\n\r\nOther words';

  const { text, attachments } = await readLines(
    ['From: ann@a.example', 'Content-Type: multipart/mixed; boundary=b'],
    [
      part('Content-Type: text/html', '', '<p>My words <img src="cid:a@b"></p>'),
      part('Content-Type: message/rfc822; name="inner.eml"', '', inner),
      // As Apple Mail forwards.
      part('Content-Type: message/rfc822; name="shown.eml"', 'Content-Disposition: inline', '', inner),
      part('Content-Type: image/png', 'Content-Disposition: inline', 'Content-ID: <a@b>', '', 'x'),
      part('Content-Type: image/png; name=scan.png', 'Content-Disposition: attachment', '', 'x'),
      '--b--',
    ].join('\r\n'),
  );

  expect(text).toContain('My words');
  expect(text).not.toContain('Other words');
  expect(attachments.map(({ name, type, inline }) => [name, type, inline])).toEqual([
    ['inner.eml', 'message/rfc822', false],
    ['shown.eml', 'message/rfc822', true],
    ['', 'image/png', true],
    ['scan.png', 'image/png', false],
  ]);
});

test('a mail of HTML alone has text, without style and pictures', async () => {
  const { text, html, preview } = await readEmail('html-only');

  expect(html).toContain('<p>Dear team,</p>');
  expect(text).toBe('Dear team,\n\nplease call me back.');
  expect(preview).toBe('Dear team, please call me back.');
});

test('text and HTML beside each other are both whole', async () => {
  const boundary = (part: string) => `--b\r\nContent-Type: ${part}`;
  const mail = [
    boundary('text/html\r\n\r\n<p>first</p>'),
    boundary('text/plain\r\n\r\nsecond'),
    boundary('text/html\r\n\r\n<p>third</p>'),
    '--b--',
  ].join('\r\n');

  const email = await readLines(['Content-Type: multipart/mixed; boundary=b'], mail);

  expect(email.text.replace(/\s+/g, ' ')).toBe('first second third');
  expect(email.html.replace(/\s+/g, ' ')).toMatch(/first.*second.*third/);
});

test.each([
  ['latin1-undeclared', 'Grüße', 'Schöne Grüße aus Köln'],
  ['bare-cr', 'from a Mac', 'first line\nsecond line'],
  ['mbox-line', 'out of an mbox', 'body'],
  ['no-separator', 'no empty line', 'this is already the body, and it has no colon before a blank\nsecond line'],
  ['unknown-charset', 'still readable', 'plain words survive'],
])('%s degrades and loses nothing', async (name, subject, text) => {
  const email = await readEmail(name);

  expect(email.subject).toBe(subject);
  expect(email.text.trim().replace(/\r\n?/g, '\n')).toBe(text);
});

test.each([
  ['a multipart whose boundary never comes', ['Content-Type: multipart/mixed; boundary=zzz']],
  ['a type without a subtype', ['Content-Type: text; charset=us-ascii']],
  ['a multipart without a boundary', ['Content-Type: multipart/alternative']],
  ['a boundary that another one hides', ['Content-Type: multipart/mixed; boundary=""', 'Content-Type: text/plain']],
])('%s is still text', async (_case, lines) => {
  const email = await readLines(lines, 'the words of the sender');

  expect(email.text).toContain('the words of the sender');
});

test('boundary lines may end in blanks', async () => {
  const parts = '--b \t\r\n\r\nfirst\r\n--b  \r\nContent-Type: image/png\r\n\r\nxyz\r\n--b--  ';

  const email = await readLines(['Content-Type: multipart/mixed; boundary=b'], parts);

  expect(email.text.trim()).toBe('first');
  expect(email.attachments).toEqual([{ name: '', type: 'image/png', size: 3, inline: false }]);
});

test('neither line breaks nor NULs get out of a header', async () => {
  const email = await readLines(['Subject: =?utf-8?Q?one=0D=0ABcc:_evil=40x.example=00?=', 'From: a@b.example']);

  expect(email.subject).toBe('one Bcc: evil@x.example ');
});

test('an unreadable date is no date', async () => {
  const email = await readLines(['Date: yesterday or so']);

  expect(email.date).toBeNull();
});
