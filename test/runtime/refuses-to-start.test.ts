import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { startArguments, startServer } from '../support/start-server.ts';

let folder: string;
let data: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-refuses-'));
  data = join(folder, 'data');
  await mkdir(data);
  await mkdir(join(folder, 'flows'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Starts the server, waits for its end, and gives its last words. */
async function start(env: Readonly<Record<string, string>> = {}): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, startArguments, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      SLUICE_DATA: data,
      SLUICE_FLOWS: join(folder, 'flows'),
      SLUICE_PORT: String(await freePort()),
      SLUICE_SMTP_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const code = new Promise<number | null>((done) => child.once('close', done));
  return { err: await text(child.stderr), code: await code };
}

function expectOneSentence(outcome: { code: number | null; err: string }, words: RegExp): void {
  expect(outcome.code).toBe(1);
  expect(outcome.err).toMatch(/^Sluice did not start: .*\n$/);
  expect(outcome.err).toMatch(words);
}

test('settings that are no JSON', async () => {
  await writeFile(join(data, 'settings.json'), '{"version": 1,');

  const outcome = await start();

  expectOneSentence(outcome, /settings\.json is not JSON/);
  expect(await readFile(join(data, 'settings.json'), 'utf8')).toBe('{"version": 1,');
});

test('a setting that there is none of, and one of a wrong kind', async () => {
  const server = await startServer({ folder });
  await server.stop();
  const file = join(data, 'settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8'));
  const wrong = JSON.stringify({
    ...settings,
    budgets: { ...settings.budgets, perSenderPerHour: 'many' },
    colour: 'red',
  });
  await writeFile(file, wrong);

  const outcome = await start();

  expectOneSentence(outcome, /settings\.json/);
  expect(outcome.err).toContain('/budgets/perSenderPerHour');
  expect(outcome.err).toContain('"colour"');
  expect(await readFile(file, 'utf8')).toBe(wrong);
});

test('a wrong environment: everything that is wrong with it', async () => {
  const outcome = await start({
    SLUICE_PORT: '99999',
    SLUICE_LOG: 'loud',
    SLUICE_PUBLIC_URL: 'mail',
    SLUICE_SMTP_CERT: 'a.pem',
  });

  expectOneSentence(outcome, /SLUICE_PORT.*"99999"/);
  expect(outcome.err).toContain('SLUICE_LOG');
  expect(outcome.err).toContain('SLUICE_PUBLIC_URL');
  expect(outcome.err).toContain('SLUICE_SMTP_CERT and SLUICE_SMTP_KEY belong together');
});

test('a port that is in use', async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const outcome = await start({ SLUICE_PORT: String(port) });
  other.close();

  expectOneSentence(outcome, new RegExp(`127\\.0\\.0\\.1:${port}.*SLUICE_PORT`));
});

test('a data folder that another server uses: the other one does not notice', async () => {
  const server = await startServer({ folder });

  const outcome = await start();

  expectOneSentence(outcome, /Another Sluice server is using/);
  expect(await server.api('GET', '/api/ledger')).toMatchObject({ items: [] });
  await server.stop();
});

test('a database that is none stays as it is', async () => {
  await writeFile(join(data, 'sluice.db'), 'somebody else wrote this');

  const outcome = await start();

  expectOneSentence(outcome, /not a whole Sluice database/);
  expect(await readFile(join(data, 'sluice.db'), 'utf8')).toBe('somebody else wrote this');
});

test('a folder of flows that is a file: which it is, and what names another', async () => {
  const flows = join(folder, 'flows.txt');
  await writeFile(flows, 'no folder');

  const outcome = await start({ SLUICE_FLOWS: flows });

  expectOneSentence(outcome, /flows\.txt cannot be used .* SLUICE_FLOWS/);
});
