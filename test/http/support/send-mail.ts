import nodemailer from 'nodemailer';
import { until } from '../../support/until.ts';
import type { HttpUnderTest } from './start-http.ts';

export interface MailToSend {
  subject?: string;
  text?: string;
  html?: string;
  /** All of the mail; nothing else counts then. */
  raw?: string;
  /** The recipient of the transaction, of a raw mail. */
  to?: string;
  from?: string;
  headers?: Record<string, string>;
  attachments?: { filename: string; content: string | Buffer; contentType?: string }[];
}

/** Sends mails by SMTP, one after the other, and waits until each has been handled. Returns their interactions' ids in that order. */
export async function sendMails(http: HttpUnderTest, mails: readonly MailToSend[]): Promise<string[]> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: http.smtpPort, ignoreTLS: true });
  const ids: string[] = [];
  for (const mail of mails) {
    const before = await newest(http);
    const envelope = { from: 'vera@example.test', to: [mail.to ?? 'support@demo.test'] };
    const built = { from: envelope.from, to: envelope.to, text: 'Hello', ...mail };
    await transport.sendMail(mail.raw === undefined ? built : { envelope, raw: mail.raw });
    await until('the mail is handled', async () => {
      const item = await newest(http);
      return item !== undefined && item.id !== before?.id && item.state !== 'received';
    });
    ids.push((await newest(http))?.id ?? '');
  }
  transport.close();
  return ids;
}

async function newest(http: HttpUnderTest): Promise<{ id: string; state: string } | undefined> {
  return (await http.admin.get('/api/interactions?limit=1')).json.items[0];
}
