import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { CertificateFiles } from '../../runtime/mailboxes/smtp/certificate.ts';
import { createSmtpReceiver, type SmtpReceiver } from '../../runtime/mailboxes/smtp-receiver.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { makeCertificate } from '../support/certificates.ts';
import { startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { createFarEnd, type FarEnd } from './far-end.ts';
import { connectSmtp, type SmtpClient, sendRaw } from './smtp-client.ts';

const mailbox: Mailbox = {
  id: 'receiver',
  name: 'receiver',
  type: 'smtp-receiver',
  address: 'support@demo.test',
  enabled: true,
  folders: [],
  pollSeconds: 60,
  maxBytes: 1_048_576,
};

let folder: string;
let farEnd: FarEnd;
let receiver: SmtpReceiver | undefined;
let client: SmtpClient | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-receiver-'));
  farEnd = createFarEnd();
});
afterEach(async () => {
  client?.end();
  await receiver?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(certificate: CertificateFiles, renewalMs = 3_600_000): Promise<number> {
  receiver = createSmtpReceiver(farEnd.context(mailbox), {
    host: '127.0.0.1',
    port: 0,
    domains: () => ['demo.test'],
    certificate,
    limits: { closeMs: 2_000, renewalMs },
  });
  receiver.start();
  await receiver.opened;
  return receiver.port ?? 0;
}

/** A client that has been greeted and has greeted. */
async function greeted(port: number): Promise<SmtpClient> {
  client = await connectSmtp(port);
  await client.reply();
  await client.say('EHLO client.test');
  return client;
}

const sendOverTls = (port: number, ca: string, subject: string) =>
  createTransport({ host: 'localhost', port, requireTLS: true, tls: { ca } }).sendMail({
    from: 'a@b.example',
    to: 'support@demo.test',
    subject,
    text: 'Hello',
  });

describe('a receiver with a certificate', () => {
  test('takes mail over STARTTLS, and without it from whoever knows none', async () => {
    const { ca, certificate: cert, key } = await makeCertificate(folder);
    const port = await start({ cert, key });

    await sendOverTls(port, ca, 'Over TLS');
    const client = await greeted(port);
    await sendRaw(client, 'a@b.example', ['support@demo.test'], 'Subject: In the open\r\n\r\nHello\r\n.\r\n');

    expect(client.received()).toContain('STARTTLS');
    expect(farEnd.subjects()).toEqual(['Over TLS', 'In the open']);
  });

  test('forgets what was said in the open behind STARTTLS: nobody on the way puts commands into a session', async () => {
    const { certificate: cert, key } = await makeCertificate(folder);
    const client = await greeted(await start({ cert, key }));

    client.write('STARTTLS\r\nMAIL FROM:<injected@b.example>\r\n');
    await client.reply();
    const { promise: isSecure, resolve: setSecure } = Promise.withResolvers<void>();
    const secured = connectTls({ socket: client.socket, rejectUnauthorized: false }, () => setSecure());
    await isSecure;
    let said = '';
    secured.on('data', (chunk) => {
      said += chunk;
    });
    secured.write('EHLO client.test\r\nRCPT TO:<support@demo.test>\r\n');
    await until('both were answered', () => /^503 .*\r\n/m.test(said));

    expect(said).not.toMatch(/^250 .*(Accepted|OK)/im);
    secured.destroy();
  });

  test('uses a new one without being restarted, and keeps the former one where the new one is none', async () => {
    const former = await makeCertificate(join(folder, 'former'));
    const { certificate: cert, key } = former;
    const port = await start({ cert, key }, 50);

    await writeFile(cert, 'half a file');
    await until('the trouble is told', () => farEnd.status.problems?.[0]?.code === 'certificate-unusable');
    await sendOverTls(port, former.ca, 'By the former');
    const renewed = await makeCertificate(join(folder, 'renewed'));
    await copyFile(renewed.key, key);
    await copyFile(renewed.certificate, cert);
    await until('the trouble is over', () => farEnd.status.problems?.length === 0);
    await sendOverTls(port, renewed.ca, 'By the new one');

    expect(farEnd.subjects()).toEqual(['By the former', 'By the new one']);
    expect(farEnd.status.state).toBe('connected');
  });

  test('that is none says so, and does not listen without', async () => {
    const { certificate: cert } = await makeCertificate(folder);
    const { key } = await makeCertificate(join(folder, 'another'));

    expect(await start({ cert, key })).toBe(0);

    expect(farEnd.status).toMatchObject({ state: 'failed', lastError: { code: 'certificate-unusable' } });
    expect(farEnd.status.lastError?.message).toMatch(/do not belong together.*SLUICE_SMTP_CERT/);
  });

  test('is told of by the environment', async () => {
    const { ca, certificate, key } = await makeCertificate(folder);
    const server = await startServer({ env: { SLUICE_SMTP_CERT: certificate, SLUICE_SMTP_KEY: key } });
    onTestFinished(() => server.stop());

    await sendOverTls(server.ports.smtp, ca, 'To the server');

    const subjects = async () =>
      (await server.api<{ items: { subject: string }[] }>('GET', '/api/interactions')).items.map(
        ({ subject }) => subject,
      );
    await expect.poll(subjects).toEqual(['To the server']);
  });
});
