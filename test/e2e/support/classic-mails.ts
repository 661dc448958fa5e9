import nodemailer from 'nodemailer';
import type { Dovecot } from '../../support/dovecot.ts';
import { makeAutoReply, makeMail } from '../../support/mails.ts';

interface ExpectedMail {
  from: string;
  subject: string;
  priority: number;
  isAcknowledged?: boolean;
  bySmtp?: boolean;
  headers?: Record<string, string>;
}

/** Everybody writes once; who is acknowledged, and where the mail must wait. */
export const classicMails: Readonly<Record<string, readonly ExpectedMail[]>> = {
  'Priority support': [
    { from: 'Ann <ann@customer.test>', subject: '[URGENT] The shop is down', priority: 10 },
    { from: 'Ugo <ugo@customer.test>', subject: 'Re: [urgent] by SMTP', priority: 10, bySmtp: true },
  ],
  'Enterprise support': [{ from: 'Nora <nora@northwind.test>', subject: 'Renewal of our contract', priority: 0 }],
  Billing: [
    { from: 'Bill <bill@customer.test>', subject: 'Wrong invoice', priority: 0, isAcknowledged: true },
    {
      from: 'Rita <rita@customer.test>',
      subject: 'Refund, sent by SMTP',
      priority: 0,
      isAcknowledged: true,
      bySmtp: true,
    },
  ],
  'Technical support': [
    { from: 'Tim <tim@customer.test>', subject: 'It crashes at once', priority: 0, isAcknowledged: true },
  ],
  'General support': [
    { from: 'Hal <hal@customer.test>', subject: 'Just saying hello', priority: 0, isAcknowledged: true },
    { from: 'Fay <fay@customer.test>', subject: 'Please fail', priority: 0, isAcknowledged: true },
    {
      from: 'News <news@shop.test>',
      subject: 'Spring offers',
      priority: 0,
      headers: { 'List-Unsubscribe': '<mailto:leave@shop.test>' },
    },
  ],
};

interface Mailing {
  dovecot: Dovecot;
  /** Whose mailbox the flow has. */
  user: string;
  /** The receiver's; mail to classic@demo.test runs the flow, too. */
  smtpPort: number;
}

/** The mails of all queues, and an automatic reply. */
export async function sendClassicMails({ dovecot, user, smtpPort }: Mailing): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
  try {
    await dovecot.deliver(user, makeAutoReply({ to: user, subject: 'Out of office', from: 'away@customer.test' }));
    for (const mail of Object.values(classicMails).flat()) {
      const to = mail.bySmtp ? 'classic@demo.test' : user;
      const raw = makeMail({
        from: mail.from,
        to,
        subject: mail.subject,
        ...(mail.headers ? { headers: mail.headers } : {}),
      });
      if (mail.bySmtp) await transport.sendMail({ envelope: { from: mail.from, to: [to] }, raw });
      else await dovecot.deliver(user, raw);
    }
  } finally {
    transport.close();
  }
}
