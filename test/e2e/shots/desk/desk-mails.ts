interface DeskMail {
  from: string;
  subject: string;
  text: string;
  attachments?: { filename: string; content: string }[];
  headers?: Record<string, string>;
}

/** An hour at a support desk, in the order in which they come. */
export const deskMails: readonly DeskMail[] = [
  {
    from: 'Erika Lindqvist <erika.lindqvist@northwind.example>',
    subject: 'Where is parcel 00340434161094?',
    text: 'Hello,\n\nthe tracking page has shown “in transit, Leipzig” since Monday. We need the parts by Friday.\n\nErika Lindqvist',
  },
  {
    from: 'Tomás Herrera <t.herrera@contoso.example>',
    subject: '[URGENT] Nobody in our office can sign in',
    text: 'Since 8:40 every login ends with “session expired”. About 60 people cannot work.',
  },
  {
    from: 'Accounts Payable <ap@fabrikam.example>',
    subject: 'Invoice 2026-1187: two licences instead of one',
    text: 'Please send a corrected invoice. Order 4711 was for one licence only.',
    attachments: [{ filename: 'Invoice 2026-1187.pdf', content: 'not really a PDF '.repeat(2_000) }],
  },
  {
    from: '佐藤 健一 <sato.kenichi@example.jp>',
    subject: 'ご注文の配送状況について',
    text: 'お世話になっております。先週の注文の配送状況を教えてください。',
  },
  {
    from: 'ليلى حداد <layla.haddad@example.org>',
    subject: 'سؤال حول فاتورتي الأخيرة',
    text: 'مرحبا، لم أستلم الفاتورة الأخيرة. هل يمكنكم إرسالها مرة أخرى؟',
  },
  {
    from: 'Marek Nowak <marek@nowak.example>',
    subject: 'Export to CSV crashes with more than 10,000 rows',
    text: 'Steps: open a report, choose “Export”, choose CSV. After about ten seconds the page says “Something went wrong”.',
    attachments: [
      { filename: 'console.log', content: 'TypeError: rows is undefined\n'.repeat(40) },
      { filename: 'screenshot.png', content: 'no picture' },
    ],
  },
  {
    from: 'Out of Office <h.okafor@contoso.example>',
    subject: 'Automatic reply: Your ticket',
    text: 'I am away until Monday.',
    headers: { 'Auto-Submitted': 'auto-replied' },
  },
  {
    from: 'Woodgrove Newsletter <news@woodgrove.example>',
    subject: 'What is new in November',
    text: 'Ten things that we made better.',
    headers: { 'List-Unsubscribe': '<mailto:leave@woodgrove.example>', Precedence: 'bulk' },
  },
  {
    from: 'Priya Raman <priya.raman@tailspin.example>',
    subject: 'Refund for order 100482 has not arrived',
    text: 'You wrote on 2 November that the refund would take five days.',
  },
  {
    from: 'Jean-Baptiste de la Fontaine-Montmorency <jean-baptiste.de.la.fontaine-montmorency@a-very-long-company-name.example>',
    subject: `RE: RE: FW: Question about the delivery of the second part of our order, ${'and the one before it, '.repeat(6)}as discussed`,
    text: 'As discussed on the telephone.\n\n'.repeat(40),
  },
  {
    from: 'Anna Schmidt <anna.schmidt@example.de>',
    subject: 'Danke für die schnelle Hilfe!',
    text: 'Alles läuft wieder.',
  },
  { from: 'no-name@example.net', subject: '', text: 'hello?' },
];
