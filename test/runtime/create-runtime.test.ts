import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import nodemailer from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRuntime, type Runtime, type RuntimeOptions } from '../../runtime/create-runtime.ts';
import { freePort } from '../support/free-port.ts';
import { makeMail } from '../support/mails.ts';
import { until } from '../support/until.ts';

const root = resolve(import.meta.dirname, '../..');
const adminToken = 'a-token-for-tests-only';

let folder: string;
let logged: string[];
let running: Runtime[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-runtime-'));
  logged = [];
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((runtime) => runtime.stop()));
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function start(options: Partial<RuntimeOptions> = {}): Promise<Runtime> {
  const say = (_data: object, message: string) => void logged.push(message);
  const runtime = await createRuntime({
    dataFolder: join(folder, 'data'),
    flowsFolder: join(folder, 'flows'),
    host: '127.0.0.1',
    port: 0,
    smtpHost: '127.0.0.1',
    smtpPort: await freePort(),
    adminToken,
    outgoingAllow: [],
    version: '0.0.0',
    designerFolder: join(root, 'dist'),
    sampleFlow: join(root, 'flows/support.flow.json'),
    log: { info: say, warn: say, error: say, debug: () => {} },
    ...options,
  });
  running.push(runtime);
  return runtime;
}

test('a first start publishes the sample flow; a mail is queued, and is still there after the next start', async () => {
  const first = await start();
  await send(first, 'Is anybody there?');
  await until('the mail is queued', async () => (await queued(first)).length === 1);
  await first.stop();

  const second = await start();

  expect(await readdir(join(folder, 'flows'))).toEqual(['support.flow.json']);
  expect(await queued(second)).toMatchObject([
    { subject: 'Is anybody there?', queue: 'general', flow: 'support', version: 1 },
  ]);
});

test('what was stopped is closed: its ports are free, and stopping twice does no harm', async () => {
  const first = await start();
  const port = Number(new URL(first.url).port);
  const smtpPort = first.smtpPort ?? 0;

  await Promise.all([first.stop(), first.stop()]);
  await first.stop();

  const second = await start({ port, smtpPort });
  expect([Number(new URL(second.url).port), second.smtpPort]).toEqual([port, smtpPort]);
});

test('a start that fails half-way gives the data folder back', async () => {
  const other = await start({ dataFolder: join(folder, 'other') });

  await expect(start({ port: Number(new URL(other.url).port) })).rejects.toMatchObject({ code: 'port-unavailable' });

  const runtime = await start();
  expect(await queued(runtime)).toEqual([]);
});

test('a receiver whose port is taken does not keep the designer from starting, and its mailbox says so', async () => {
  const other = await start({ dataFolder: join(folder, 'other') });

  const runtime = await start({ smtpPort: other.smtpPort ?? 0 });

  expect(runtime.smtpPort).toBeUndefined();
  const { items } = await get<{ items: { status: object }[] }>(runtime, '/api/mailboxes');
  expect(items).toMatchObject([{ status: { state: 'failed', lastError: { code: 'port-in-use' } } }]);
  expect(logged.join('\n')).toMatch(/Another program listens on 127\.0\.0\.1:/);
});

test('without a receiver no mail is listened for', async () => {
  const runtime = await start({ smtpPort: 0 });

  expect(runtime.smtpPort).toBeUndefined();
  expect(await get(runtime, '/api/system')).toMatchObject({ receiver: null });
});

async function get<T>(runtime: Runtime, path: string): Promise<T> {
  const response = await fetch(runtime.url + path, { headers: { authorization: `Bearer ${adminToken}` } });
  expect(response.status).toBe(200);
  // The shape is what the API documents; a test that is wrong about it fails where it reads the value.
  return (await response.json()) as T;
}

async function queued(runtime: Runtime): Promise<object[]> {
  return (await get<{ items: object[] }>(runtime, '/api/interactions?state=queued')).items;
}

async function send(runtime: Runtime, subject: string): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: runtime.smtpPort ?? 0, ignoreTLS: true });
  await transport.sendMail({
    envelope: { from: 'kim@customer.test', to: ['support@demo.test'] },
    raw: makeMail({ subject }),
  });
  transport.close();
}
