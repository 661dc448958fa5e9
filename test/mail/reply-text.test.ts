import { describe, expect, test } from 'vitest';
import { detectLanguage } from '../../runtime/mail/language.ts';
import { readReply } from '../../runtime/mail/reply-text.ts';
import { corpusBytes, corpusIsThere, readCorpus } from './corpus.ts';
import { fold } from './corpus-checks.ts';

describe('the reply', () => {
  test.each([
    ['English', 'On Mon, 2 Mar 2026 at 10:00, Ann <ann@a.example> wrote:'],
    ['English, wrapped', 'On Mon, 2 Mar 2026 at 10:00, Ann\n<ann@a.example>\nwrote:'],
    ['German', 'Am Mo., 2. März 2026 um 10:00 Uhr schrieb Ann <ann@a.example>:'],
    ['French', 'Le lun. 2 mars 2026 à 10:00, Ann <ann@a.example> a écrit :'],
    ['Spanish', 'El lun, 2 mar 2026 a las 10:00, Ann (<ann@a.example>) escribió:'],
    ['Portuguese', 'Em seg., 2 de mar. de 2026 às 10:00, Ann <ann@a.example> escreveu:'],
    ['Italian', 'Il giorno lun 2 mar 2026 alle ore 10:00 Ann <ann@a.example> ha scritto:'],
    ['Dutch', 'Op ma 2 mrt 2026 om 10:00 schreef Ann <ann@a.example>:'],
    ['Swedish', 'Den mån 2 mars 2026 kl 10:00 skrev Ann <ann@a.example>:'],
    ['Polish', 'pon., 2 mar 2026 o 10:00 Ann <ann@a.example> napisał(a):'],
    ['Outlook', '-----Original Message-----\nFrom: Ann <ann@a.example>'],
    ['Outlook without marks', 'From: Ann\nSent: Monday, 2 March 2026\nTo: Support\nSubject: Printer'],
    ['Outlook, German', 'Von: Ann <ann@a.example>\nGesendet: Montag, 2. März 2026'],
  ])('ends where the old mail begins: %s', (_case, introduction) => {
    const reply = readReply(`It works now.\nThank you!\n\n${introduction}\n\nHave you tried again?`);

    expect(reply).toBe('It works now.\nThank you!');
  });

  test('goes on after a quotation between the lines', () => {
    const reply = readReply('On Monday Ann wrote:\n> First?\nYes.\n> Second?\nNo.');

    expect(reply).toBe('Yes.\nNo.');
  });

  test('has no signature', () => {
    expect(readReply('Yes.\n\n-- \nAnn\nExample Ltd')).toBe('Yes.');
    expect(readReply('Yes.\n\nSent from my iPhone')).toBe('Yes.');
  });

  test.each(['On the other hand: nothing.', 'From: here to there', 'He wrote: "no".', 'a - b', 'Am Montag: frei'])(
    'keeps a line that only looks like an old mail: %s',
    (line) => {
      expect(readReply(`${line}\nmore`)).toBe(`${line}\nmore`);
    },
  );

  test.skipIf(!corpusIsThere)('is found in the corpus', () => {
    const mails = readCorpus().filter(({ checks }) => checks?.includes('reply'));

    let exact = 0;
    let passed = 0;
    let all = 0;
    for (const mail of mails) {
      const reply = fold(readReply(new TextDecoder().decode(corpusBytes(mail.file))));
      const { firstFragment, firstFragmentTrimmed, replyText, firstFragmentContains } = mail.expect ?? {};
      const whole = firstFragment ?? firstFragmentTrimmed ?? replyText;
      all += 1;
      if (whole !== undefined && reply === fold(whole)) exact += 1;
      const parts: string[] = firstFragmentContains ?? [];
      // Where the sender goes on after a quotation, the reply is longer than its first fragment.
      if ((whole === undefined || reply.startsWith(fold(whole))) && parts.every((part) => reply.includes(fold(part))))
        passed += 1;
    }

    console.log(`corpus crisp-reply-parser: ${passed} of ${all} replies, ${exact} of them to the letter`);
    expect(passed).toBe(all);
    expect(exact).toBeGreaterThan(40);
  });
});

describe('the language', () => {
  test.each([
    ['en', 'Hello, the printer is broken and we need it for our meeting. Can you please help?'],
    ['de', 'Guten Tag, der Drucker ist defekt und wir brauchen ihn für das Treffen. Können Sie bitte helfen?'],
    ['fr', 'Bonjour, l’imprimante est en panne et nous en avons besoin pour la réunion. Pouvez-vous nous aider ?'],
    ['es', 'Hola, la impresora no funciona y la necesito para una reunión. ¿Pueden ayudarme por favor? Gracias.'],
    ['it', 'Buongiorno, la stampante non funziona e ne ho bisogno per la riunione. Grazie per il vostro aiuto.'],
    ['pt', 'Olá, a impressora não está funcionando e eu preciso dela para uma reunião. Muito obrigado.'],
    [
      'nl',
      'Hallo, de printer doet het niet en wij hebben hem nodig voor het overleg. Kunt u ons helpen met een nieuwe?',
    ],
    ['pl', 'Dzień dobry, drukarka nie działa. Proszę o pomoc, bo jest mi potrzebna na spotkanie. Dziękuję.'],
    ['ru', 'Здравствуйте, принтер не работает, и он нам нужен для встречи. Помогите, пожалуйста.'],
    ['ja', 'こんにちは、プリンターが動きません。会議で必要です。助けてください。'],
    ['zh', '您好，打印机坏了，我们开会需要用它。请帮忙。'],
    ['ko', '안녕하세요, 프린터가 고장났습니다. 회의에 필요합니다.'],
    ['el', 'Καλημέρα, ο εκτυπωτής δεν λειτουργεί και τον χρειαζόμαστε.'],
    ['', 'OK'],
    ['', 'A-4711 / 2026-03-02'],
    ['', ''],
  ])('%s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });
});
