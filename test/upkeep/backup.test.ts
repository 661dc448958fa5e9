import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import nodemailer from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sluice, temporaryFolder } from '../commands/sluice.ts';
import { makeMail } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';

let server: Server;
let env: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  env = { SLUICE_DATA: join(server.folder, 'data'), SLUICE_FLOWS: join(server.folder, 'flows') };
  await server.api('POST', '/api/mailboxes', {
    name: 'support',
    type: 'imap',
    address: 'support@demo.test',
    host: '127.0.0.1',
    port: 1,
    security: 'none',
    username: 'support',
    password: 'hunter2 of the mailbox',
    enabled: false,
  });
});
afterAll(() => server?.stop());

async function send(mails: number, from = 'ann@example.test'): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  for (let index = 0; index < mails; index++) {
    const envelope = { from, to: 'support@demo.test' };
    await transport.sendMail({ envelope, raw: makeMail({ from, subject: `Mail ${index}` }) });
  }
  transport.close();
}

async function mailsOf({ api }: Server): Promise<number> {
  const { counts } = await api<{ counts: Record<string, number> }>('GET', '/api/ledger?limit=1');
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

test('a copy is made while mail comes in, and a server on it knows every mail that was acknowledged before', async () => {
  await send(20);
  const target = join(await temporaryFolder(), 'monday');
  const sending = send(40);

  const outcome = await sluice(['backup', target, '--json'], { env });
  await sending;

  expect(outcome.err).toBe('');
  const [manifest] = outcome.lines();
  expect(manifest).toMatchObject({ format: 'sluice-backup-1' });
  expect(Number(manifest?.mails)).toBeGreaterThanOrEqual(20);

  const place = await temporaryFolder();
  const restored = await sluice(['restore', target], {
    env: { SLUICE_DATA: join(place, 'data'), SLUICE_FLOWS: join(place, 'flows') },
  });
  expect(restored).toMatchObject({ code: 0, err: '' });
  expect(restored.out).toContain(`${manifest?.mails} mails`);
  // The key is kept elsewhere, as the command asks for.
  expect(restored.out).toContain('secret.key');
  await writeFile(join(place, 'data/secret.key'), await readFile(join(server.folder, 'data/secret.key')), {
    mode: 0o600,
  });
  const second = await startServer({ folder: place });
  try {
    expect(await mailsOf(second)).toBe(manifest?.mails);
    await until('all are settled', async () => {
      const { counts } = await second.api<{ counts: Record<string, number> }>('GET', '/api/ledger?limit=1');
      return (counts.received ?? 0) === 0;
    });
    expect(await second.api('GET', '/api/flows')).toMatchObject({ items: [{ id: 'support' }] });
  } finally {
    await second.stop();
  }
}, 120_000);

test('what waited to be sent when the copy was made may have left since: a server on the copy holds it for a person', async () => {
  const away = { type: 'smtp', host: '127.0.0.1', port: 1, security: 'none', from: 'support@demo.test' };
  await server.api('PUT', '/api/outbound', away);
  await send(2, 'vera@example.test');
  const waiting = ({ api }: Server) => api<{ items: { state: string }[] }>('GET', '/api/outbox?state=waiting');
  await until('answers wait', async () => (await waiting(server)).items.length >= 2);
  const folder = await temporaryFolder();
  await sluice(['backup', join(folder, 'copy'), '--key', 'include'], { env });

  const restored = await sluice(['restore', join(folder, 'copy')], {
    env: { SLUICE_DATA: join(folder, 'data'), SLUICE_FLOWS: join(folder, 'flows') },
  });
  const second = await startServer({ folder });
  try {
    const { items } = await second.api<{ items: { reason: string }[] }>('GET', '/api/outbox?state=uncertain');

    expect(restored.out).toContain('uncertain');
    expect(items.length).toBeGreaterThanOrEqual(2);
    expect(items[0]?.reason).toContain('restored from a backup');
    expect((await waiting(second)).items).toEqual([]);
    expect(await second.api('GET', '/api/system')).toMatchObject({ restoredAt: expect.stringMatching(/^20/) });
  } finally {
    await second.stop();
  }
}, 120_000);

test('what is there is never written over, and what was changed is refused', async () => {
  const target = join(await temporaryFolder(), 'tuesday');
  await sluice(['backup', target], { env });

  expect((await readdir(target)).sort()).toEqual(['flows', 'settings.json', 'sluice-backup.json', 'sluice.db']);
  expect(await sluice(['backup', target], { env })).toMatchObject({ code: 2, out: '' });
  const belowFile = join(target, 'settings.json', 'copy');
  expect(await sluice(['backup', belowFile], { env })).toMatchObject({
    code: 1,
    err: expect.stringMatching(/copy could not be written .*nothing is left of it/),
  });
  expect(await sluice(['restore', target], { env })).toMatchObject({
    code: 2,
    err: expect.stringContaining('is not empty'),
  });
  expect(await sluice(['restore', server.folder], { env })).toMatchObject({
    code: 2,
    err: expect.stringContaining('is no backup of Sluice'),
  });
  const settings = await readFile(join(target, 'settings.json'), 'utf8');
  await writeFile(join(target, 'settings.json'), settings.replace('support@', 'suppart@'));
  const place = await temporaryFolder();
  const refused = await sluice(['restore', target], {
    env: { SLUICE_DATA: join(place, 'data'), SLUICE_FLOWS: join(place, 'flows') },
  });
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('settings.json was changed');
}, 120_000);

test('a new key opens all that the former sealed, which opens nothing any more', async () => {
  const data = env.SLUICE_DATA ?? '';
  const sealed = async () => (await readFile(join(data, 'settings.json'), 'utf8')).match(/sealed:v1:[^"]+/g) ?? [];
  expect(await sluice(['rotate-key'], { env })).toMatchObject({ code: 2, err: expect.stringContaining('Stop it') });
  const folder = await temporaryFolder();
  await sluice(['backup', join(folder, 'before'), '--key', 'include'], { env });
  await sluice(['restore', join(folder, 'before')], {
    env: { SLUICE_DATA: join(folder, 'data'), SLUICE_FLOWS: join(folder, 'flows') },
  });
  const own = { SLUICE_DATA: join(folder, 'data') };
  const [before] = await sealed();
  const keyBefore = await readFile(join(folder, 'data/secret.key'), 'utf8');
  // Where else secrets lie: a session that a provider opened, the place of a mailbox in its mail, and the token of an authorisation.
  const database = new DatabaseSync(join(folder, 'data/sluice.db'));
  database
    .prepare(
      `insert into sessions (hash, user, created_at, expires_at, provider, leave_url) values ('h', 'u', 0, 0, 'p', ?)`,
    )
    .run(before ?? '');
  database
    .prepare(`insert into cursors (mailbox, folder, value) values ('gone', 'f', ?)`)
    .run(JSON.stringify([before]));
  database.prepare(`insert into authorisations (id, refresh_token) values ('gone', ?)`).run(before ?? '');
  database.close();
  const all = async () => {
    const left = new DatabaseSync(join(folder, 'data/sluice.db'), { readOnly: true });
    const rows = [
      ...left.prepare('select leave_url from sessions').all(),
      ...left.prepare('select value from cursors').all(),
      ...left.prepare('select refresh_token from authorisations').all(),
    ];
    left.close();
    return JSON.stringify(rows) + (await readFile(join(folder, 'data/settings.json'), 'utf8'));
  };
  const keyFiles = async () => (await readdir(join(folder, 'data'))).filter((name) => name.includes('key'));
  const former = /^sealed:v1:[^:]+:/.exec(before ?? '')?.[0] ?? 'none';

  const toFile = await sluice(['rotate-key'], { env: own });
  const keyAfter = await readFile(join(folder, 'data/secret.key'), 'utf8');
  const [textAfter, filesAfter] = [await all(), await keyFiles()];
  const phrase = { ...own, SLUICE_SECRET_KEY: 'a phrase for the new key' };
  const toPhrase = await sluice(['rotate-key'], { env: phrase });
  const again = await sluice(['rotate-key'], { env: phrase });

  expect(before).toBeDefined();
  expect(toFile).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^4 secrets /) });
  expect(textAfter.match(/sealed:v1:/g)).toHaveLength(4);
  expect(textAfter).not.toContain(former);
  expect(filesAfter).toEqual(['secret.key']);
  expect(keyAfter).not.toBe(keyBefore);
  expect(toPhrase).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^4 secrets /) });
  expect(await keyFiles()).toEqual([]);
  expect(again.out).toContain('already');
  await rm(join(folder, 'data/sluice.db.lock'), { force: true });
  const third = await startServer({ folder, env: { SLUICE_SECRET_KEY: 'a phrase for the new key' } });
  try {
    const { items } = await third.api<{ items: { id: string; type: string }[] }>('GET', '/api/mailboxes');
    // With the wrong key the trial would end at the password; here it ends at the port that nobody listens on.
    const answer = await third.api<{ steps: { name: string; message: string }[] }>(
      'POST',
      `/api/mailboxes/${items.find(({ type }) => type === 'imap')?.id}/verify`,
    );
    expect(JSON.stringify(answer)).not.toContain('sealed with another key');
    expect(JSON.stringify(answer)).toMatch(/refuses connections/);
  } finally {
    await third.stop();
  }
}, 120_000);

test.each(['/proc/sluice', '/proc/sluice/monday', '/dev/null', '/dev/null/monday'])(
  'a place where no folder can be, %s, ends in a sentence and leaves nothing',
  async (nowhere) => {
    const copy = join(await temporaryFolder(), 'copy');
    await sluice(['backup', copy], { env });
    const place = await temporaryFolder();
    const flows = { SLUICE_FLOWS: join(place, 'flows') };

    const backup = await sluice(['backup', nowhere], { env });
    const restore = await sluice(['restore', copy], { env: { SLUICE_DATA: nowhere, ...flows } });
    const restoreFlows = await sluice(['restore', copy], {
      env: { SLUICE_DATA: join(place, 'data'), SLUICE_FLOWS: nowhere },
    });
    const start = await sluice(['start'], { env: { SLUICE_DATA: nowhere, SLUICE_PORT: '0', ...flows } });

    expect(backup).toMatchObject({ code: 1, out: '' });
    expect(backup.err).toMatch(/^sluice backup: \/\S+ could not be written .* Name a folder that can be made.*\n$/);
    expect(restore).toMatchObject({ code: 1, out: '' });
    expect(restore.err).toMatch(/^sluice restore: \/\S+ cannot be used .* SLUICE_DATA\.\n$/);
    expect(restoreFlows).toMatchObject({ code: 1, out: '' });
    expect(restoreFlows.err).toMatch(/^sluice restore: \/\S+ cannot be used .* SLUICE_FLOWS\.\n$/);
    expect(start).toMatchObject({ code: 1, out: '' });
    expect(start.err).toMatch(/^sluice start: The database \/\S+ could not be opened .*\n$/);
    expect(await readdir(place)).toEqual([]);
    for (const command of ['rotate-key', 'recover-access', 'backup']) {
      const outcome = await sluice([command, ...(command === 'backup' ? [join(place, 'copy')] : [])], {
        env: { SLUICE_DATA: nowhere },
      });
      expect(outcome).toMatchObject({ code: 2, out: '', err: expect.stringContaining('There is no Sluice in') });
    }
  },
  60_000,
);

test('a key file that holds no key is refused, and stays where it can be mended', async () => {
  const folder = await temporaryFolder();
  await sluice(['backup', join(folder, 'copy'), '--key', 'include'], { env });
  const own = { SLUICE_DATA: join(folder, 'data'), SLUICE_FLOWS: join(folder, 'flows') };
  await sluice(['restore', join(folder, 'copy')], { env: own });
  const key = await readFile(join(folder, 'data/secret.key'));
  await writeFile(join(folder, 'data/secret.key'), 'no key');

  const refused = await sluice(['rotate-key'], { env: own });
  await writeFile(join(folder, 'data/secret.key'), key);
  const mended = await sluice(['rotate-key'], { env: own });

  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('secret.key does not hold a key') });
  expect(mended).toMatchObject({ code: 0, err: '' });
});

test('settings that are a folder are told of in words', async () => {
  const folder = await temporaryFolder();
  await sluice(['backup', join(folder, 'data'), '--key', 'include'], { env });
  await rm(join(folder, 'data/settings.json'));
  await mkdir(join(folder, 'data/settings.json'));

  for (const command of ['rotate-key', 'recover-access']) {
    const outcome = await sluice([command], { env: { SLUICE_DATA: join(folder, 'data') } });

    expect(outcome).toMatchObject({ code: 1, err: expect.stringMatching(/data cannot be used .* SLUICE_DATA\.\n$/) });
  }
});
