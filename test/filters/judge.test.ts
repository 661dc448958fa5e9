import { expect, test } from 'vitest';
import { createJudge } from '../../runtime/filters/judge.ts';
import { compileSenders } from '../../runtime/filters/senders.ts';
import { createMessageId } from '../../runtime/mail/message-id.ts';
import { firstSettings } from '../../runtime/settings/first-settings.ts';
import { type FilterRules, noRules } from '../../schemas/filters.ts';
import type { Settings } from '../../schemas/settings.ts';

const settingsWith = (own: Partial<FilterRules>, everywhere: Partial<FilterRules> = {}): Settings => {
  const settings = firstSettings();
  settings.lists = [{ id: 'vip', name: 'VIP', values: ['boss@big.test', '*.partner.test'] }];
  settings.filters.mailboxes.support = { ...noRules(), ...own };
  settings.filters.everywhere = { ...noRules(), ...everywhere };
  return settings;
};

const email = (changes: object = {}) => ({
  from: { address: 'anna@shop.test', name: 'Anna', domain: 'shop.test' },
  subject: 'Where is my parcel?',
  headers: {},
  attachments: [],
  isBounce: false,
  inReplyTo: '',
  references: [],
  authentication: { spf: 'none', dkim: 'none', dmarc: 'none' },
  ...changes,
});
const from = (address: string) => ({ from: { address, name: '', domain: address.split('@')[1] ?? '' } });
const file = (size: number, inline = false) => ({ name: 'a', type: 'application/pdf', size, inline });

const judge = (settings: Settings, mail = email(), envelopeFrom = '') =>
  createJudge({ read: () => settings }).judge('support', mail, envelopeFrom);

test('a sender is found by address, domain and wildcard, whatever the case, and no other', () => {
  const senders = compileSenders(['Bad@One.test', '@two.test', '*.three.test', 'sales-*@*.four.test', 'five.*']);

  const found = (address: string) => senders.find(address);

  expect(found('BAD@one.TEST')).toBe('Bad@One.test');
  expect(found('x@two.test')).toBe('@two.test');
  expect(found('x@sub.two.test')).toBeUndefined();
  expect(found('x@a.b.three.test')).toBe('*.three.test');
  expect(found('x@three.test')).toBeUndefined();
  expect(found('sales-eu@de.four.test')).toBe('sales-*@*.four.test');
  expect(found('sales@de.four.test')).toBeUndefined();
  expect(found('x@five.org')).toBe('five.*');
  expect(found('')).toBeUndefined();
});

test('the block list stops by From and by envelope, with the entry in the reason; named lists count', () => {
  const settings = settingsWith({ block: ['*@shop.test'] }, { blockLists: ['vip'] });

  expect(judge(settings)).toEqual({
    outcome: 'skip',
    reason: 'sender-blocked: "anna@shop.test" is on the block list ("*@shop.test").',
  });
  expect(judge(settings, email(from('x@eu.partner.test'))).outcome).toBe('skip');
  expect(judge(settings, email(from('x@other.test')), 'boss@big.test').outcome).toBe('skip');
  expect(judge(settings, email(from('x@other.test'))).outcome).toBe('pass');
});

test('an allowed sender passes whatever else stands against the mail, and nobody else where only they may', () => {
  const settings = settingsWith({ onlyAllowed: true, allowLists: ['vip'], block: ['big.test'] });

  expect(judge(settings, email(from('BOSS@big.test'))).outcome).toBe('pass');
  expect(judge(settings)).toMatchObject({ outcome: 'skip', reason: expect.stringMatching(/^sender-not-allowed: /) });
});

test('an allowed address in a mail that its own domain disowns opens no door', () => {
  const forged = { authentication: { spf: 'fail', dkim: 'none', dmarc: 'fail', sender: 'forged' as const } };
  const only = settingsWith({ onlyAllowed: true, allowLists: ['vip'] });
  const past = settingsWith({
    allow: ['boss@big.test'],
    keywords: [{ header: 'subject', text: 'parcel', isPattern: false }],
  });

  expect(judge(only, email({ ...from('boss@big.test'), ...forged })).reason).toMatch(
    /^sender-not-allowed: .*refuse mail/,
  );
  expect(judge(past, email({ ...from('boss@big.test'), ...forged })).outcome).toBe('skip');
  expect(judge(past, email(from('boss@big.test'))).outcome).toBe('pass');
});

test('keywords look at the subject and at named headers, folded, or as RE2 patterns', () => {
  const settings = settingsWith({
    keywords: [
      { header: 'Subject', text: 'CASINÓ' },
      { header: 'X-Spam-Flag', text: 'yes' },
      { header: 'subject', text: '^win(ner)?\\b.*\\$\\d+', isPattern: true },
    ],
  });

  expect(judge(settings, email({ subject: 'Your casino\u0301 bonus' })).reason).toMatch(/^keyword-excluded: .*CASINÓ/);
  expect(judge(settings, email({ headers: { 'x-spam-flag': ['no', 'YES, surely'] } })).outcome).toBe('skip');
  expect(judge(settings, email({ subject: 'Winner of $1000' })).outcome).toBe('skip');
  expect(judge(settings, email({ subject: 'No winner of $1000' })).outcome).toBe('pass');
  expect(judge(settings, email({ headers: Object.create({ 'x-spam-flag': ['yes'] }) })).outcome).toBe('pass');
});

test('attachments are limited by number and by size; pictures within the text are none', () => {
  const settings = settingsWith({ maxAttachments: 2 }, { maxAttachmentBytes: 1_000 });

  expect(judge(settings, email({ attachments: [file(1), file(1), file(9_999, true)] })).outcome).toBe('pass');
  expect(judge(settings, email({ attachments: [file(1), file(1), file(1)] })).reason).toMatch(/^too-many-attachments/);
  expect(judge(settings, email({ attachments: [file(600), file(600)] })).reason).toMatch(/^attachments-too-large/);
  const unpacked = [
    { ...file(900), name: 'winmail.dat' },
    ...[400, 400].map((size) => ({ ...file(size), within: 'winmail.dat' })),
  ];
  expect(judge(settings, email({ attachments: unpacked })).outcome).toBe('pass');
  expect(judge(settings, email({ attachments: [...unpacked, file(1)] })).reason).toMatch(/^too-many-attachments: 3 /);
});

test('delivery reports and answers to our own mail pass keywords and strangers, but not the block list', () => {
  const rules = { keywords: [{ header: 'subject', text: 'undelivered' }], confirmStrangers: true };
  const settings = settingsWith(rules);
  const report = email({ subject: 'Undelivered mail', isBounce: true });
  const answer = email({ subject: 'Re: undelivered', inReplyTo: createMessageId(settings.installation, 'demo.test') });

  expect(judge(settings, report).outcome).toBe('pass');
  expect(judge(settings, answer).outcome).toBe('pass');
  expect(judge(settings, email({ subject: 'Undelivered' })).outcome).toBe('skip');
  expect(judge(settingsWith({ ...rules, block: ['shop.test'] }), report).outcome).toBe('skip');
  expect(judge(settings).outcome).toBe('ask');
});

test('rules are those of the settings in force', () => {
  let settings = settingsWith({});
  const { judge: ask } = createJudge({ read: () => settings });
  const before = ask('support', email(), '').outcome;

  settings = settingsWith({ block: ['shop.test'] });

  expect([before, ask('support', email(), '').outcome, ask('other', email(), '').outcome]).toEqual([
    'pass',
    'skip',
    'pass',
  ]);
});
