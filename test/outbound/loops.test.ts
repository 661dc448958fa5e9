import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { expect, onTestFinished, test } from 'vitest';
import { answeringFlow } from '../support/answering-flow.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';

/** A server of ours that takes the mail of a domain, and answers all of it. */
async function startEcho(domain: string): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-loop-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await mkdir(join(folder, 'flows'));
  await writeFile(join(folder, 'flows', 'echo.flow.json'), JSON.stringify(answeringFlow('echo')));
  const server = await startServer({ folder });
  onTestFinished(() => server.stop());
  await server.api('POST', '/api/domains', { name: domain, receives: true });
  await server.api('POST', '/api/routes', { pattern: `*@${domain}`, flow: 'echo' });
  return server;
}

async function sendVia(server: Server, other: Server): Promise<void> {
  const relay = { name: 'relay', type: 'smtp', host: '127.0.0.1', port: other.ports.smtp, security: 'none' };
  await server.api('POST', '/api/outbound-mailboxes', relay);
}

async function write(server: Server, from: string, to: string): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  await transport.sendMail({ from, to, subject: 'Hello', text: 'Is anybody there?' });
  transport.close();
}

interface Outbox {
  items: { state: string; reason: string; to: string }[];
}

test('two servers that answer each other stop after one message each, and say why', async () => {
  const [one, two] = await Promise.all([startEcho('one.test'), startEcho('two.test')]);
  await sendVia(one, two);
  await sendVia(two, one);

  await write(one, 'desk@two.test', 'desk@one.test');
  await write(two, 'help@one.test', 'help@two.test');
  const handled = async (server: Server) =>
    (await server.api<Outbox>('GET', '/api/outbox')).items.filter(
      ({ state }) => state === 'sent' || state === 'withheld',
    );
  await until('each has its own mail and the answer of the other', async () =>
    [await handled(one), await handled(two)].every((items) => items.length === 2),
  );

  for (const server of [one, two]) {
    const { items } = await server.api<Outbox>('GET', '/api/outbox');
    expect(items.map(({ state }) => state).sort()).toEqual(['sent', 'withheld']);
    expect(items.find(({ state }) => state === 'withheld')?.reason).toMatch(
      /must not be answered by a machine: .*RFC 3834/,
    );
    const { items: mails } = await server.api<{ items: { state: string }[] }>('GET', '/api/interactions');
    expect(mails.map(({ state }) => state)).toEqual(['queued', 'queued']);
  }
}, 120_000);
