import { createTransport } from 'nodemailer';
import { afterEach, describe, expect, test } from 'vitest';
import { createSmtpReceiver, type ReceiverOptions, type SmtpReceiver } from '../../runtime/mailboxes/smtp-receiver.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { freePort } from '../support/free-port.ts';
import { makeMail, makeMailWithAttachment } from '../support/mails.ts';
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

let farEnd: FarEnd;
let receiver: SmtpReceiver;
let domains: string[];
let clients: SmtpClient[] = [];

async function start(limits: ReceiverOptions['limits'] = {}): Promise<number> {
  farEnd = createFarEnd();
  domains = ['demo.test'];
  receiver = createSmtpReceiver(farEnd.context(mailbox), {
    host: '127.0.0.1',
    port: 0,
    domains: () => domains,
    limits: { closeMs: 2_000, ...limits },
  });
  receiver.start();
  await receiver.opened;
  return receiver.port ?? 0;
}

/** A client that has been greeted and has greeted. */
async function greeted(port: number): Promise<SmtpClient> {
  const client = await connectSmtp(port);
  clients.push(client);
  await client.reply();
  await client.say('EHLO client.example');
  return client;
}

afterEach(async () => {
  for (const client of clients) client.end();
  clients = [];
  await receiver.stop();
});

describe('the SMTP receiver', () => {
  test('takes a mail with its envelope, byte for byte', async () => {
    const port = await start();
    const raw = makeMail({ subject: 'Hello' });

    const result = await createTransport({ host: '127.0.0.1', port }).sendMail({
      envelope: { from: 'erika@customer.example', to: ['support@demo.test', 'sales@demo.test'] },
      raw,
    });

    expect(result.response).toMatch(/^250 /);
    expect(farEnd.mails).toHaveLength(1);
    expect(Buffer.from(farEnd.mails[0]?.bytes ?? []).toString()).toBe(raw);
    expect(farEnd.mails[0]?.envelope).toEqual({
      from: 'erika@customer.example',
      to: ['support@demo.test', 'sales@demo.test'],
      // Who handed it over is what SPF judges.
      client: { ip: expect.stringMatching(/127\.0\.0\.1$/), name: expect.any(String) },
    });
    expect(farEnd.status).toMatchObject({ state: 'connected', lag: 0 });
  });

  test('gives a mail that its client repeats the same key, and only that', async () => {
    const port = await start();
    const raw = makeMail({ subject: 'Once' });
    const anonymous = raw.replace(/^Message-ID: .*\r\n/m, '');
    const send = (to: string, mail: string) =>
      createTransport({ host: '127.0.0.1', port }).sendMail({ envelope: { from: 'a@b.example', to: [to] }, raw: mail });

    await send('support@demo.test', raw);
    await send('support@demo.test', raw);
    await send('sales@demo.test', raw);
    await send('support@demo.test', anonymous);
    await send('support@demo.test', anonymous);

    // The far end keeps a known key once, as intake does: of the five, only the repetition of the first is gone.
    expect(farEnd.mails.map(({ envelope }) => envelope?.to[0])).toEqual([
      'support@demo.test',
      'sales@demo.test',
      'support@demo.test',
      'support@demo.test',
    ]);
  });

  test('says 250 only after the mail was stored', async () => {
    const port = await start();
    const client = await greeted(port);
    const disk = Promise.withResolvers<void>();
    let storing = false;
    farEnd.beforeCommit = () => {
      storing = true;
      return disk.promise;
    };

    const answered = sendRaw(client, 'a@b.example', ['support@demo.test'], `${makeMail()}\r\n.\r\n`);
    await until('storing', () => storing);
    const before = client.received();
    disk.resolve();

    expect(await answered).toMatch(/^250 /);
    expect(before.trimEnd().split('\r\n').at(-1)).toMatch(/^354 /);
  });

  test('says 451 when the mail could not be stored, tells why, and takes it the next time', async () => {
    const port = await start();
    const client = await greeted(port);
    farEnd.beforeCommit = () => {
      throw new Error('disk full');
    };

    const first = await sendRaw(client, 'a@b.example', ['support@demo.test'], `${makeMail()}\r\n.\r\n`);
    const { lastError } = farEnd.status;
    farEnd.beforeCommit = () => {};
    const second = await sendRaw(client, 'a@b.example', ['support@demo.test'], `${makeMail()}\r\n.\r\n`);

    expect(first).toMatch(/^451 /);
    expect(lastError?.message).toContain('disk full');
    expect(second).toMatch(/^250 /);
    expect(farEnd.mails).toHaveLength(1);
  });

  test('takes the null sender', async () => {
    const client = await greeted(await start());

    expect(await sendRaw(client, '', ['support@demo.test'], `${makeMail()}\r\n.\r\n`)).toMatch(/^250 /);
    expect(farEnd.mails[0]?.envelope?.from).toBe('');
  });

  test('refuses to relay, and follows the domains as they change', async () => {
    const client = await greeted(await start());

    await client.say('MAIL FROM:<a@b.example>');
    const foreign = await client.say('RCPT TO:<x@elsewhere.example>');
    const sub = await client.say('RCPT TO:<x@sub.demo.test>');
    domains = ['bücher.example'];
    const withdrawn = await client.say('RCPT TO:<x@demo.test>');
    const added = await client.say('RCPT TO:<x@XN--bcher-kva.Example>');

    expect(foreign).toMatch(/^550 .*Relay refused/);
    expect(sub).toMatch(/^550 /);
    expect(withdrawn).toMatch(/^550 /);
    expect(added).toMatch(/^250 /);
  });

  test('offers SIZE, and neither AUTH nor STARTTLS without a certificate of its own', async () => {
    const client = await greeted(await start());

    expect(client.received()).toContain('SIZE 1048576');
    expect(client.received()).not.toMatch(/AUTH|STARTTLS/);
    expect(await client.say('AUTH PLAIN AGEAYg==')).toMatch(/^5/);
  });

  test('refuses a mail over the limit, announced or not, and stays usable', async () => {
    const client = await greeted(await start());
    const large = makeMailWithAttachment(1).toString('latin1');

    const announced = await client.say(`MAIL FROM:<a@b.example> SIZE=${mailbox.maxBytes + 1}`);
    const unannounced = await sendRaw(client, 'a@b.example', ['support@demo.test'], `${large}\r\n.\r\n`);
    const small = await sendRaw(client, 'a@b.example', ['support@demo.test'], `${makeMail()}\r\n.\r\n`);

    expect(announced).toMatch(/^552 /);
    expect(unannounced).toMatch(/^552 /);
    expect(small).toMatch(/^250 /);
    expect(farEnd.mails).toHaveLength(1);
  });

  test('hangs up on a sender who never ends', async () => {
    const client = await greeted(await start());
    for (const line of ['MAIL FROM:<a@b.example>', 'RCPT TO:<support@demo.test>', 'DATA']) await client.say(line);

    const flood = Buffer.alloc(262_144, 'x');
    await until('the connection is closed', () => {
      client.write(flood);
      return client.closed();
    });

    expect(farEnd.mails).toHaveLength(0);
  });

  test('hangs up on a sender who takes too long', async () => {
    const client = await greeted(await start({ dataMs: 100 }));
    for (const line of ['MAIL FROM:<a@b.example>', 'RCPT TO:<support@demo.test>', 'DATA']) await client.say(line);

    await until('the connection is closed', () => {
      client.write('x\r\n');
      return client.closed();
    });

    expect(client.received()).toContain('421 ');
  });

  test('puts off what would not fit into memory', async () => {
    const client = await greeted(await start({ memory: 1_000 }));

    expect(await sendRaw(client, 'a@b.example', ['support@demo.test'], `${makeMail()}\r\n.\r\n`)).toMatch(/^451 /);
    expect(farEnd.mails).toHaveLength(0);
  });

  test('limits recipients, command lines and connections from one address', async () => {
    const port = await start({ recipients: 2, connectionsPerAddress: 2, commandLine: 1_000 });
    const first = await greeted(port);
    const second = await greeted(port);

    const third = await connectSmtp(port);
    clients.push(third);
    const refused = await third.reply();
    await first.say('MAIL FROM:<a@b.example>');
    await first.say('RCPT TO:<a@demo.test>');
    await first.say('RCPT TO:<b@demo.test>');
    const tooMany = await first.say('RCPT TO:<c@demo.test>');
    const tooLong = await second.say(`NOOP ${'x'.repeat(2_000)}`);

    expect(refused).toMatch(/^421 /);
    expect(tooMany).toMatch(/^452 /);
    expect(tooLong).toMatch(/^421 /);
    await until('room for another', async () => {
      const another = await connectSmtp(port);
      clients.push(another);
      return /^220 /.test(await another.reply());
    });
  });

  test('limits connections altogether', async () => {
    const port = await start({ connections: 1 });
    await greeted(port);

    const second = await connectSmtp(port);
    clients.push(second);

    expect(await second.reply()).toMatch(/^421 /);
  });

  test.each([
    ['LF . LF', '\n.\n'],
    ['LF . CRLF', '\n.\r\n'],
    ['CRLF . LF', '\r\n.\n'],
    ['CR . CR', '\r.\r'],
    ['CR . CRLF', '\r.\r\n'],
  ])('refuses a mail that hides another behind %s', async (_name, delimiter) => {
    const client = await greeted(await start());
    const hidden = 'MAIL FROM:<boss@demo.test>\r\nRCPT TO:<support@demo.test>\r\nDATA\r\nSubject: Smuggled\r\n\r\nHi';

    const reply = await sendRaw(
      client,
      'a@b.example',
      ['support@demo.test'],
      `Subject: Outer\r\n\r\nText${delimiter}${hidden}\r\n.\r\n`,
    );

    expect(reply).toMatch(/^554 /);
    expect(farEnd.mails).toHaveLength(0);
    expect(await client.say('NOOP')).toMatch(/^250 /);
  });

  test('undoes dot-stuffing, whatever pieces the mail arrives in', async () => {
    const client = await greeted(await start());
    for (const line of ['MAIL FROM:<a@b.example>', 'RCPT TO:<support@demo.test>', 'DATA']) await client.say(line);

    for (const byte of 'Subject: Dots\r\n\r\n..\r\n..two\r\nend.\r\n.\r\n') {
      await new Promise<void>((resolve) => client.socket.write(byte, () => resolve()));
    }

    expect(await client.reply()).toMatch(/^250 /);
    expect(Buffer.from(farEnd.mails[0]?.bytes ?? []).toString()).toBe('Subject: Dots\r\n\r\n.\r\n.two\r\nend.\r\n');
  });

  test('takes many mails over parallel connections, each once', async () => {
    const port = await start();
    const transport = createTransport({
      host: '127.0.0.1',
      port,
      pool: true,
      maxConnections: 10,
      maxMessages: Number.POSITIVE_INFINITY,
    });
    const subjects = Array.from({ length: 100 }, (_, i) => `Parallel ${i}`);

    await Promise.all(
      subjects.map((subject) =>
        transport.sendMail({
          envelope: { from: 'a@b.example', to: ['support@demo.test'] },
          raw: makeMail({ subject }),
        }),
      ),
    );
    transport.close();

    expect(farEnd.subjects().sort()).toEqual(subjects.sort());
    expect(new Set(farEnd.mails.map(({ serverKey }) => serverKey)).size).toBe(100);
  });

  test('a client that leaves in the middle leaves nothing behind', async () => {
    const port = await start();
    const client = await greeted(port);
    for (const line of ['MAIL FROM:<a@b.example>', 'RCPT TO:<support@demo.test>', 'DATA']) await client.say(line);

    client.write('Subject: Half\r\n\r\nThis mail en');
    client.end();
    const next = await greeted(port);

    expect(
      await sendRaw(next, 'a@b.example', ['support@demo.test'], `${makeMail({ subject: 'Whole' })}\r\n.\r\n`),
    ).toMatch(/^250 /);
    expect(farEnd.subjects()).toEqual(['Whole']);
  });

  test('finishes what is under way when it is stopped, and sends the idle away', async () => {
    const port = await start();
    const busy = await greeted(port);
    const idle = await greeted(port);
    const disk = Promise.withResolvers<void>();
    let storing = false;
    farEnd.beforeCommit = () => {
      storing = true;
      return disk.promise;
    };
    const answered = sendRaw(busy, 'a@b.example', ['support@demo.test'], `${makeMail()}\r\n.\r\n`);
    await until('storing', () => storing);

    const stopped = receiver.stop();
    const idleReply = await idle.reply();
    disk.resolve();
    await stopped;

    expect(idleReply).toMatch(/^421 /);
    expect(await answered).toMatch(/^250 /);
    expect(farEnd.mails).toHaveLength(1);
    expect(farEnd.status.state).toBe('stopped');
  });

  test('says so when its port is taken', async () => {
    const port = await freePort();
    const holder = createSmtpReceiver(createFarEnd().context(mailbox), { host: '127.0.0.1', port, domains: () => [] });
    holder.start();
    await holder.opened;
    farEnd = createFarEnd();
    receiver = createSmtpReceiver(farEnd.context(mailbox), { host: '127.0.0.1', port, domains: () => [] });

    receiver.start();
    await receiver.opened;
    await holder.stop();

    expect(farEnd.status).toMatchObject({ state: 'failed', lastError: { code: 'port-in-use' } });
    expect(receiver.port).toBeUndefined();
  });
});
