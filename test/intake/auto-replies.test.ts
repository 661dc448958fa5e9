import { expect, test } from 'vitest';
import { openTempStore } from '../store/temp-store.ts';
import { answeringFlow } from '../support/answering-flow.ts';
import { startRooms } from './started-rooms.ts';

interface Style {
  name: string;
  subject: string;
  /** MAIL FROM; most machines have none. */
  from?: string;
  headers: string[];
  body: string;
  isBounce?: true;
}

const report = (type: string, text: string, status: string) =>
  [
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '--b',
    `Content-Type: message/${type}`,
    '',
    'Reporting-MTA: dns; mx.example.com',
    '',
    'Final-Recipient: rfc822; vera@example.com',
    'Action: failed',
    `Status: ${status}`,
    '--b--',
  ].join('\r\n');
const isReport = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"';

/** As the programs write them, in words of our own. */
const styles: readonly Style[] = [
  {
    name: 'Exchange, German',
    subject: 'Automatische Antwort: Ihre Anfrage',
    headers: [
      'Auto-Submitted: auto-generated',
      'X-Auto-Response-Suppress: All',
      'X-MS-Exchange-Inbox-Rules-Loop: vera@example.com',
    ],
    body: 'Ich bin bis zum 4. Dezember nicht am Platz.',
  },
  {
    name: 'Exchange without Auto-Submitted, French',
    subject: 'Réponse automatique : votre demande',
    headers: ['X-Auto-Response-Suppress: DR, OOF, AutoReply', 'X-MS-Has-Attach:'],
    body: 'Je serai de retour lundi.',
  },
  {
    name: 'Exchange, Portuguese, by its subject alone',
    subject: 'Resposta automática: seu pedido',
    from: 'vera@example.com',
    headers: [],
    body: 'Estou de férias até segunda-feira.',
  },
  {
    name: 'Gmail, English',
    subject: 'Back on Monday Re: Your request',
    headers: ['Auto-Submitted: auto-replied', 'Precedence: bulk', 'X-Autoreply: yes'],
    body: 'I read mail again on Monday.',
  },
  {
    name: 'Lotus Domino, Italian',
    subject: 'Vera è fuori ufficio',
    from: 'vera@example.com',
    headers: ['Auto-submitted: auto-generated', 'X-Mailer: Lotus Domino Web Server Release 8.5'],
    body: 'Rientro il 7 dicembre.',
  },
  {
    name: 'cPanel, Spanish',
    subject: 'Estoy fuera: su consulta',
    from: 'vera@example.com',
    headers: ['X-Autorespond: su consulta', 'Precedence: auto_reply', 'X-Loop: vera@example.com'],
    body: 'Contestaré a mi regreso.',
  },
  {
    name: 'vacation(1), Dutch',
    subject: 'Afwezig tot maandag',
    headers: ['Auto-Submitted: auto-replied', 'Precedence: junk'],
    body: 'Ik ben er maandag weer.',
  },
  {
    name: 'vacation(1) of before RFC 3834, Danish',
    subject: 'Ferie til mandag',
    headers: ['Precedence: bulk'],
    body: 'Jeg er tilbage på mandag.',
  },
  {
    name: 'Exim, Polish',
    subject: 'Odpowiedź automatyczna: pytanie',
    from: 'vera@example.com',
    headers: ['Auto-Submitted: auto-replied'],
    body: 'Wracam w poniedziałek.',
  },
  {
    name: 'Sieve, Swedish',
    subject: 'Auto: din fråga',
    headers: ['Auto-Submitted: auto-replied (vacation)', 'X-Sieve: Pigeonhole Sieve 0.5'],
    body: 'Jag är tillbaka på måndag.',
  },
  {
    name: 'a Russian provider',
    subject: 'Автоответ: ваш запрос',
    headers: ['X-Autoreply: YES'],
    body: 'Вернусь в понедельник.',
  },
  {
    name: 'Outlook, Japanese',
    subject: '自動応答: お問い合わせ',
    headers: ['X-Auto-Response-Suppress: OOF'],
    body: '月曜日に戻ります。',
  },
  { name: 'Outlook, Chinese', subject: '自动答复: 询问', headers: [], body: '我下周一回来。' },
  { name: 'Outlook, Czech', subject: 'Automatická odpověď: dotaz', headers: [], body: 'Vrátím se v pondělí.' },
  {
    name: 'a bounce of Postfix',
    subject: 'Undelivered Mail Returned to Sender',
    headers: [isReport, 'Auto-Submitted: auto-replied'],
    body: report('delivery-status', 'I could not deliver it.', '5.1.1'),
    isBounce: true,
  },
  {
    name: 'a bounce of Exchange, German',
    subject: 'Unzustellbar: Ihre Anfrage',
    headers: [isReport, 'Auto-Submitted: auto-generated', 'X-Auto-Response-Suppress: DR, OOF, AutoReply'],
    body: report('delivery-status', 'Das Postfach wurde nicht gefunden.', '5.1.10'),
    isBounce: true,
  },
  {
    name: 'a bounce of Exim, which is no report',
    subject: 'Mail delivery failed: returning message to sender',
    headers: ['X-Failed-Recipients: vera@example.com', 'Auto-Submitted: auto-replied'],
    body: 'A message that you sent could not be delivered. 550 5.1.1 unknown user',
    isBounce: true,
  },
];

function mailOf({ subject, headers, body, from = '', isBounce }: Style, number: number) {
  const sender = isBounce ? `MAILER-DAEMON-${number}@mx${number}.example.com` : `vera-${number}@example.com`;
  const lines = [
    `From: ${isBounce ? `Mail Delivery System <MAILER-DAEMON@mx${number}.example.com>` : `Vera <${sender}>`}`,
    'To: support@demo.test',
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Message-ID: <${number}@example.com>`,
    ...(headers.includes(isReport) ? [] : ['Content-Type: text/plain; charset=utf-8']),
    ...headers,
    '',
    body,
    '',
  ];
  return {
    folder: '',
    serverKey: `style-${number}`,
    bytes: Buffer.from(lines.join('\r\n')),
    receivedAt: 1_795_000_000_000 + number,
    envelope: { from, to: ['support@demo.test'] },
  };
}

test('no style of automatic reply or bounce is answered, and none is lost', async () => {
  const store = await openTempStore();
  const { intake, mailbox } = await startRooms(store, { published: (id) => ({ flow: answeringFlow(id), version: 1 }) });

  await intake.accept(mailbox, styles.map(mailOf));
  await intake.idle();

  const rows = await store.read
    .selectFrom('interactions')
    .innerJoin('interaction_details', 'interaction_details.interaction', 'interactions.id')
    .innerJoin('outbox', 'outbox.interaction', 'interactions.id')
    .select([
      'interactions.ledger',
      'interactions.state',
      'interaction_details.email',
      'outbox.state as answer',
      'outbox.reason',
    ])
    .orderBy('interactions.ledger')
    .execute();
  const found = rows.map(({ state, email, answer, reason }, index) => {
    const { isAutoReply, isBounce, mayAutoRespond } = JSON.parse(email ?? '{}');
    const isTold = reason.startsWith('The mail must not be answered by a machine: ');
    return { name: styles[index]?.name, state, isAutoReply, isBounce, mayAutoRespond, answer, isTold };
  });
  expect(found).toEqual(
    styles.map(({ name, isBounce = false }) => ({
      name,
      state: 'queued',
      isAutoReply: true,
      isBounce,
      mayAutoRespond: false,
      answer: 'withheld',
      isTold: true,
    })),
  );
});
