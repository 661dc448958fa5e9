import { describe, expect, test } from 'vitest';
import { createMessageId } from '../../runtime/mail/message-id.ts';
import type { Verdict } from '../../schemas/email.ts';
import { ourContext, readEmail, readLines } from './read-email.ts';

const person = ['From: Ann <ann@a.example>', 'To: support@demo.test', 'Subject: Printer', 'Message-ID: <1@a.example>'];

describe('an ordinary mail of a person', () => {
  test('may be answered, and there is nothing to say against it', async () => {
    const email = await readLines(person);

    expect(email).toMatchObject({ isAutoReply: false, isBounce: false, isList: false, mayAutoRespond: true });
    expect(email.evidence).toEqual([]);
  });
});

describe('is an automatic reply', () => {
  test.each([
    ['Auto-Submitted: auto-replied'],
    ['Auto-Submitted: Auto-Generated; owner="x"'],
    ['Auto-Submitted: (comment) auto-notified (vacation)'],
    ['X-Autoreply: yes'],
    ['X-Autorespond: Away'],
    ['X-Autoresponder: 1'],
    ['Precedence: auto_reply'],
  ])('by %s', async (line) => {
    const email = await readLines([...person, line]);

    expect(email.isAutoReply).toBe(true);
    expect(email.mayAutoRespond).toBe(false);
    expect(verdictsOf(email)).toContain('isAutoReply');
  });

  test.each([
    'Automatic reply: Printer',
    'Out of Office AutoReply: Printer',
    'Automatische Antwort: Drucker',
    'Abwesenheitsnotiz: Drucker',
    'Réponse automatique : Imprimante',
    'Respuesta automática: Impresora',
    'Resposta automática: Impressora',
    'Risposta automatica: Stampante',
    'Automatisch antwoord: Printer',
    'Autosvar: Skrivare',
    'Automaattinen vastaus: Tulostin',
    'Odpowiedź automatyczna: Drukarka',
    'Automatická odpověď: Tiskárna',
    'Автоматический ответ: Принтер',
    '自動応答: プリンター',
    '自动答复: 打印机',
  ])('by the subject that a mail program writes: %s', async (subject) => {
    const email = await readLines(['From: a@b.example', `Subject: ${subject}`]);

    expect(email.isAutoReply).toBe(true);
  });

  test('by a subject of absence together with a second sign', async () => {
    const alone = await readLines(['From: a@b.example', 'Subject: Out of office next week - who takes over?']);
    const withSign = await readLines(['Return-Path: <>', 'From: a@b.example', 'Subject: Out of office until Monday']);

    expect(alone.isAutoReply).toBe(false);
    expect(alone.mayAutoRespond).toBe(true);
    expect(withSign.isAutoReply).toBe(true);
  });

  test('as an Exchange notice, with every reason not to answer it', async () => {
    const email = await readEmail('out-of-office-exchange');

    expect(email.isAutoReply).toBe(true);
    expect(email.language).toBe('de');
    expect(email.evidence.map(({ header }) => header)).toEqual([
      'subject',
      'envelope',
      'x-auto-response-suppress',
      'subject',
    ]);
  });
});

describe('is no automatic reply', () => {
  test.each([
    ['Auto-Submitted: no'],
    ['X-Auto-Response-Suppress: All'],
    ['Precedence: bulk'],
    ['List-Id: <x.example>'],
    ['X-Autoreply: no'],
    ['Subject: Re: Automatic reply: Printer'],
  ])('by %s', async (line) => {
    const email = await readLines(['From: ann@a.example', line]);

    expect(email.isAutoReply).toBe(false);
  });

  test('when a no-reply system sends an invoice; but nobody answers it', async () => {
    const email = await readEmail('invoice-from-no-reply');

    expect(email.isAutoReply).toBe(false);
    expect(email.mayAutoRespond).toBe(false);
    expect(email.evidence.map(({ header }) => header)).toEqual(['from', 'x-auto-response-suppress']);
  });
});

describe('a delivery report', () => {
  test('of failure is a bounce', async () => {
    const email = await readEmail('bounce-failed');

    expect(email).toMatchObject({ isBounce: true, isAutoReply: true, mayAutoRespond: false });
    expect(email.text.trim()).toBe('Your mail could not be delivered.');
  });

  test('of delay is no bounce, yet automatic', async () => {
    const email = await readEmail('bounce-delayed');

    expect(email).toMatchObject({ isBounce: false, isAutoReply: true, mayAutoRespond: false });
  });

  test('in prose is a bounce only from a mail system', async () => {
    const subject = 'Subject: Undelivered Mail Returned to Sender';

    const system = await readLines(['From: MAILER-DAEMON@mx.example', subject], '550 5.1.1 user unknown');
    const forwarded = await readLines(['From: ann@a.example', subject], '550 5.1.1 user unknown');

    expect(system.isBounce).toBe(true);
    expect(forwarded.isBounce).toBe(false);
    expect(forwarded.mayAutoRespond).toBe(true);
  });
});

describe('a list', () => {
  test.each(['List-Id: <l.example>', 'List-Post: <mailto:l@x.example>', 'Precedence: list', 'Mailing-List: contact x'])(
    'is known by %s and not answered',
    async (line) => {
      const email = await readLines([...person, line]);

      expect(email.isList).toBe(true);
      expect(email.mayAutoRespond).toBe(false);
    },
  );

  test('is known by what a newsletter carries', async () => {
    const email = await readEmail('newsletter');

    expect(email).toMatchObject({ isList: true, isAutoReply: false, mayAutoRespond: false });
  });
});

describe('may not be answered', () => {
  test.each([
    ['Return-Path: <>'],
    ['From: MAILER-DAEMON@x.example'],
    ['From: postmaster@x.example'],
    ['From: no-reply@x.example'],
    ['From: noreply+77@x.example'],
    ['From: shop-do-not-reply@x.example'],
    ['From: owner-cats@x.example'],
    ['From: cats-request@x.example'],
    ['From: Support <SUPPORT@demo.test>'],
    ['Reply-To: support@demo.test'],
    ['Precedence: junk'],
    ['X-Auto-Response-Suppress: DR, oof'],
    ['X-Auto-Response-Suppress: AutoReply'],
    ['From: not an address'],
  ])('by %s', async (line) => {
    const email = await readLines([line, 'From: ann@a.example', 'Subject: Printer']);

    expect(email.mayAutoRespond).toBe(false);
    expect(email.isAutoReply).toBe(false);
    expect(verdictsOf(email)).toContain('mayAutoRespond');
  });

  test('when it is our own mail that came back', async () => {
    const id = createMessageId(ourContext.own.installation, 'demo.test');

    const email = await readLines(['From: ann@a.example', `Message-ID: <${id}>`]);

    expect(email.mayAutoRespond).toBe(false);
  });

  test('when the envelope has no sender, whatever the header says', async () => {
    const envelope = { from: '', to: ['support@demo.test'] };

    const email = await readEmail('customer-with-list-of-people', { ...ourContext, envelope });

    expect(email.mayAutoRespond).toBe(false);
    expect(email.evidence).toMatchObject([{ verdict: 'mayAutoRespond', header: 'envelope', value: '<>' }]);
  });

  test.each([
    'X-Auto-Response-Suppress: DR, NDR, RN, NRN',
    'X-Auto-Response-Suppress: None',
    'Precedence: first-class',
  ])('but %s is no reason', async (line) => {
    const email = await readLines([...person, line]);

    expect(email.mayAutoRespond).toBe(true);
  });

  test.each(['norbert.reply@x.example', 'requests@x.example', 'nora@x.example', 'ownership@x.example'])(
    'but %s is a person',
    async (address) => {
      const email = await readLines([`From: ${address}`]);

      expect(email.mayAutoRespond).toBe(true);
    },
  );
});

function verdictsOf(email: { evidence: { verdict: Verdict }[] }): Verdict[] {
  return email.evidence.map(({ verdict }) => verdict);
}
