import nodemailer from 'nodemailer';

const lorem =
  'Our order from last week has not arrived yet, and the tracking page has shown the same place since Monday. Could you please tell us when the parcel will be delivered?';

const newsletter = `<style>.box{background:url(https://tracker.example/bg.png)}</style>
<script>document.title='taken over'</script>
<h2 style="color:#07798c">Spring offers</h2><p onclick="alert(1)">Up to <b>40 %</b> off, this week only.</p>
<img src="https://tracker.example/open.gif?u=42" width="1" height="1">
<img src="https://cdn.example/banner.png" alt="Banner">
<table border="1" cellpadding="6"><tr><th>Article</th><th>Price</th></tr><tr><td>Lamp</td><td>19.90</td></tr></table>
<p><a href="https://shop.example/">To the shop</a> <a href="javascript:alert(1)">or here</a></p>
<form action="https://evil.example"><input name="password"></form>`;

interface SampleMail {
  from: string;
  subject: string;
  text?: string;
  html?: string;
  headers?: Record<string, string>;
  attachments?: { filename: string; content: string }[];
}

/** What a page must bear: the ordinary, the long, the foreign and the hostile. */
const samples: readonly SampleMail[] = [
  { from: 'Erika Muster <erika@customer.example>', subject: 'Where is my parcel?', text: lorem },
  { from: 'Max Power <max@customer.example>', subject: '[URGENT] Nobody can sign in', text: 'Since this morning.' },
  {
    from: '"<script>alert(1)</script>" <mallory@evil.example>',
    subject: '<img src=x onerror=alert(1)> <b>bold</b> {{ interaction.id }}',
    text: '<script>alert(1)</script>',
  },
  {
    from: 'דנה כהן <dana@example.co.il>',
    subject: 'שאלה לגבי החשבונית שלי \u202E evil.exe',
    text: 'שלום, לא קיבלתי את החשבונית.',
  },
  { from: 'Ana 🌻 <ana@exemplo.pt>', subject: '🎉🎉 Obrigada pela ajuda 👩‍👩‍👧‍👦', text: 'Muito obrigada! 🙏' },
  {
    from: 'A person with a name that is so long that no column in the world is wide enough for it <long@customer.example>',
    subject: `Re: AW: WG: Fwd: ${'a subject that does not end '.repeat(12)}`,
    text: lorem.repeat(20),
  },
  {
    from: 'Shop <news@shop.example>',
    subject: 'Spring offers: up to 40 % off',
    text: 'Up to 40 % off.',
    html: newsletter,
    headers: { 'List-Unsubscribe': '<mailto:leave@shop.example>', Precedence: 'bulk' },
  },
  {
    from: 'Office <office@customer.example>',
    subject: 'Automatic reply: Your message',
    text: 'I am out of the office until Monday.',
    headers: { 'Auto-Submitted': 'auto-replied' },
  },
  {
    from: 'Accounts <accounts@customer.example>',
    subject: 'Invoice 2026-1187, corrected',
    text: 'The corrected invoice is attached.',
    html: '<p>The <b>corrected</b> invoice is attached.</p>',
    attachments: [
      {
        filename: 'Rechnung 2026-1187 – korrigiert (endgültige Fassung).pdf',
        content: 'not really a PDF'.repeat(5_000),
      },
      { filename: '../../etc/passwd', content: 'root' },
    ],
  },
];

/** Sends every sample through the receiver at `host:port` to `to`, one after the other. */
export async function sendSampleMails(receiver: { host: string; port: number }, to: string): Promise<void> {
  const transport = nodemailer.createTransport({ ...receiver, ignoreTLS: true });
  try {
    for (const sample of samples) await transport.sendMail({ ...sample, to });
    // Nothing in it is a mail: it ends in quarantine.
    const deep = Array.from(
      { length: 400 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
    );
    await transport.sendMail({
      envelope: { from: 'odd@customer.example', to: [to] },
      raw: `From: odd@customer.example\r\nTo: ${to}\r\nSubject: Boxes in boxes in boxes\r\n${deep.join('')}`,
    });
  } finally {
    transport.close();
  }
}
