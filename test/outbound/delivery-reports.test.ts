import { createTransport } from 'nodemailer';
import { beforeAll, expect, test } from 'vitest';
import type { OutboxDetail, OutboxPage } from '../../schemas/api/outbox.ts';
import { makeMail } from '../support/mails.ts';
import { canStartPostfix, type Postfix, startPostfix } from '../support/postfix.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';

let sink: SmtpSink;
let server: Server;
let postfix: Postfix | undefined;

beforeAll(async () => {
  sink = await startSmtpSink();
  server = await startServer();
  await server.api('POST', '/api/routes', { pattern: 'bounces@demo.test', flow: 'support' });
  if (canStartPostfix) postfix = await startPostfix({ 'demo.test': server.ports.smtp, 'example.org': sink.port });
  return async () => {
    await postfix?.stop();
    await server.stop();
    await sink.stop();
  };
}, 60_000);

async function write(from: string, raw?: string, to = 'support@demo.test'): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  await transport.sendMail({
    envelope: { from: raw === undefined ? from : '', to },
    raw: raw ?? makeMail({ from, to }),
  });
  transport.close();
}

async function outboxOf(to: string): Promise<OutboxDetail | undefined> {
  const page = await server.api<OutboxPage>('GET', '/api/outbox?limit=100');
  const item = page.items.find((each) => each.to === to);
  return item && server.api<OutboxDetail>('GET', `/api/outbox/${item.id}`);
}

function outboundTo(port: number, changes: object) {
  return { type: 'smtp', name: 'relay', host: '127.0.0.1', port, security: 'none', ...changes };
}

/** As a mail server writes it, naming one mail by whatever is given. */
function report(options: { to: string; envelopeId?: string; messageId?: string; action?: string }): string {
  return [
    'From: MAILER-DAEMON@relay.example.test',
    `To: ${options.to}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <${Math.random()}@relay.example.test>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    '',
    'It could not be delivered.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; relay.example.test',
    ...(options.envelopeId ? [`Original-Envelope-Id: ${options.envelopeId}`] : []),
    '',
    'Final-Recipient: rfc822; kim@example.org',
    `Action: ${options.action ?? 'failed'}`,
    'Status: 5.2.2',
    'Diagnostic-Code: smtp; 552 5.2.2 over',
    ' quota',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    ...(options.messageId ? [`Message-ID: <${options.messageId}>`] : []),
    'Subject: Re: something',
    '',
    '--b--',
    '',
  ].join('\r\n');
}

test.skipIf(!canStartPostfix)(
  'a real Postfix that cannot deliver reports it, and the answer is marked as bounced',
  async () => {
    sink.refuseRecipient('gone@example.org', 550);
    const relay = outboundTo(postfix?.port ?? 0, { envelopeSender: 'bounces', bounceAddress: 'bounces@demo.test' });
    await server.api('POST', '/api/outbound-mailboxes', relay);

    await write('gone@example.org');

    await until('the answer bounced', async () => (await outboxOf('gone@example.org'))?.state === 'bounced', 60_000);
    const row = await outboxOf('gone@example.org');
    expect(row?.envelopeFrom).toMatch(/^bounces\+[0-9a-z]{26}\.[a-z2-7]{16}@demo\.test$/);
    expect(row?.reason).toMatch(/^Not delivered to gone@example\.org .*550/);
    expect(row?.reports).toMatchObject([{ action: 'failed', proof: 'token' }]);
    const about = await server.api<{ state: string; email: { isBounce: boolean } }>(
      'GET',
      `/api/interactions/${row?.reports[0]?.interaction}`,
    );
    expect(about).toMatchObject({ state: 'disconnected', email: { isBounce: true } });
    const { counts } = await server.api<{ counts: Record<string, number> }>('GET', '/api/outbox/counts');
    expect(counts).toMatchObject({ bounced: 1, failed: 0 });
  },
);

test('a report without our token is a hint that changes nothing; one with it counts', async () => {
  await server.api('DELETE', '/api/outbound');
  const relay = outboundTo(sink.port, { envelopeSender: 'bounces', bounceAddress: 'bounces@demo.test' });
  await server.api('POST', '/api/outbound-mailboxes', relay);
  await write('kim@example.org');
  await until('sent', async () => (await outboxOf('kim@example.org'))?.state === 'sent');
  const sent = await outboxOf('kim@example.org');
  const address = sent?.envelopeFrom ?? '';
  const forged = address.replace(/\.[a-z2-7]{16}@/, '.aaaaaaaaaaaaaaaa@');

  await write('', report({ to: forged, messageId: sent?.messageId ?? '' }), 'bounces@demo.test');
  await until('noted', async () => (await outboxOf('kim@example.org'))?.reports.length === 1);
  const doubted = await outboxOf('kim@example.org');
  await write('', report({ to: address, action: 'delayed' }), address);
  await until('delayed', async () => (await outboxOf('kim@example.org'))?.reports.length === 2);
  const delayed = await outboxOf('kim@example.org');
  await write(
    '',
    report({ to: 'bounces@demo.test', envelopeId: /\+(.*)@/.exec(address)?.[1] ?? '' }),
    'bounces@demo.test',
  );
  await until('bounced', async () => (await outboxOf('kim@example.org'))?.state === 'bounced');

  expect(doubted).toMatchObject({ state: 'sent', reports: [{ proof: 'hint' }] });
  expect(delayed).toMatchObject({ state: 'sent', reports: [{ proof: 'hint' }, { action: 'delayed', proof: 'token' }] });
  expect((await outboxOf('kim@example.org'))?.reason).toBe(
    'Not delivered to kim@example.org: the mailbox is full (552 5.2.2 over quota)',
  );
});

test('where only the From address hears of failures, a report is matched by the Message-ID that it quotes', async () => {
  const { items } = await server.api<{ items: { id: string }[] }>('GET', '/api/outbound-mailboxes');
  await server.api('PATCH', `/api/outbound-mailboxes/${items[0]?.id}`, { envelopeSender: 'from' });
  await write('lee@example.org');
  await until('sent', async () => (await outboxOf('lee@example.org'))?.state === 'sent');
  const sent = await outboxOf('lee@example.org');

  await write('', report({ to: 'support@demo.test', messageId: sent?.messageId ?? '' }));

  await until('bounced', async () => (await outboxOf('lee@example.org'))?.state === 'bounced');
  expect(await outboxOf('lee@example.org')).toMatchObject({
    envelopeFrom: 'support@demo.test',
    reports: [{ proof: 'message-id' }],
  });
});
