import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import nodemailer from 'nodemailer';
import { expect, test } from 'vitest';
import type { AlarmsPage } from '../../schemas/api/alarms.ts';
import type { System } from '../../schemas/api/system.ts';
import { addMailbox } from '../support/add-mailbox.ts';
import { startDovecot } from '../support/dovecot.ts';
import { makeMail, newMessageId } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';

const canMount = (() => {
  try {
    execFileSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('Skipped: this system lets nobody mount a small file system of their own (unshare -rm).');
    return false;
  }
})();

test.skipIf(!canMount)(
  'mail that comes while the disk is full is refused for now, and taken once there is room',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-full-disk-'));
    const data = join(folder, 'data');
    await mkdir(data);
    // A disk of 100 MB that only the server and its children see, and that ends with them.
    const mount = `mount -t tmpfs -o size=100m tmpfs '${data}' && exec "$@"`;
    const server = await startServer({ folder, startedBy: ['unshare', '-rm', 'sh', '-c', mount, 'sh'] });
    const ballast = join(`/proc/${server.pid}/root`, data, 'ballast');
    try {
      expect(await send(server, 'Before')).toBe('250');

      await fillDisk(ballast);
      const whileFull = await send(server, 'While the disk is full');
      const health = await fetch(`${server.url}/health/live`);
      await until('health says so', async () => (await fetch(`${server.url}/health/ready`)).status === 503);
      const toldWhileFull = await storage(server);
      await rm(ballast);
      await until('the disk has room again', async () => (await send(server, 'While the disk is full')) === '250');
      await until('health says that, too', async () => (await fetch(`${server.url}/health/ready`)).ok);

      expect(whileFull).toBe('451');
      expect(health.status).toBe(200);
      expect(toldWhileFull).toMatchObject({ state: 'full', message: expect.stringContaining('Free some space') });
      // Of a hundred megabytes most are left, which is not much.
      expect(await storage(server)).toMatchObject({
        state: 'low',
        message: expect.stringMatching(/only \d\d MB left/),
      });
      await until('both mails wait in the queue', async () => (await subjects(server)).length === 2);
      expect((await subjects(server)).sort()).toEqual(['Before', 'While the disk is full']);
      expect(server.log()).toMatch(/full|no space|room/i);
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
);

test.skipIf(!canMount)(
  'a disk that fills up at once is an alarm that needs no room: on the page, for the webhook, and in the store once there is some',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-full-disk-'));
    const data = join(folder, 'data');
    await mkdir(data);
    const mount = `mount -t tmpfs -o size=300m tmpfs '${data}' && exec "$@"`;
    const hook = await startHook();
    const env = { SLUICE_OUTGOING_ALLOW: hook.address };
    const server = await startServer({ folder, startedBy: ['unshare', '-rm', 'sh', '-c', mount, 'sh'], env });
    const ballast = join(`/proc/${server.pid}/root`, data, 'ballast');
    try {
      await server.api('PUT', '/api/alarms/settings', {
        patience: { failingMinutes: 15, laggingMinutes: 15, silentMinutes: 60 },
        webhook: { url: `http://${hook.address}/`, secret: 'a secret of the webhook' },
      });
      const before = { storage: await storage(server), alarms: await server.api('GET', '/api/alarms') };

      await fillDisk(ballast);
      // Sooner than anybody looks: the write that fails tells of itself.
      const refused = await send(server, 'While the disk is full');
      await until('the alarm is shown', async () => (await openAlarms(server)).length > 0, 10_000);
      const shown = await openAlarms(server);
      await until('the webhook is told', async () => hook.told.length > 0, 10_000);
      await expect(server.api('POST', `/api/alarms/${shown[0]?.id}/acknowledge`)).rejects.toThrow('disk');
      await rm(ballast);
      await until('there is room again', async () => (await send(server, 'While the disk is full')) === '250');
      const acknowledged = await server.api('POST', `/api/alarms/${shown[0]?.id}/acknowledge`);

      expect(before).toMatchObject({ storage: null, alarms: { open: [] } });
      expect(refused).toBe('451');
      expect(shown).toMatchObject([{ kind: 'storage', message: expect.stringMatching(/disk.* is full/) }]);
      expect(acknowledged).toMatchObject({ id: shown[0]?.id, acknowledgedBy: expect.any(String) });
      // Once, although it was stored later.
      expect(hook.told).toMatchObject([{ event: 'raised', alarm: { id: shown[0]?.id, kind: 'storage' } }]);
    } finally {
      hook.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
  60_000,
);

test.skipIf(!canMount)(
  'a disk with too little room for a mail is not ready, although little things can still be written',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-full-disk-'));
    const data = join(folder, 'data');
    await mkdir(data);
    const mount = `mount -t tmpfs -o size=100m tmpfs '${data}' && exec "$@"`;
    const server = await startServer({ folder, startedBy: ['unshare', '-rm', 'sh', '-c', mount, 'sh'] });
    const ballast = join(`/proc/${server.pid}/root`, data, 'ballast');
    try {
      await writeFile(ballast, Buffer.alloc(75 * 1_048_576));

      await until('health says so', async () => (await fetch(`${server.url}/health/ready`)).status === 503);
      const told = await storage(server);
      const taken = await send(server, 'A small mail');

      expect(told).toMatchObject({
        state: 'full',
        message: expect.stringMatching(/only 2\d MB left: large mail waits/),
      });
      expect(taken).toBe('250');
      await until(
        'it is an alarm',
        async () => (await openAlarms(server)).some(({ kind }) => kind === 'storage'),
        40_000,
      );
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
  90_000,
);

test.skipIf(!canMount)(
  'a disk that fills up during a load holds the mails up, and neither loses nor doubles one',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-full-disk-'));
    const data = join(folder, 'data');
    await mkdir(data);
    const mount = `mount -t tmpfs -o size=128m tmpfs '${data}' && exec "$@"`;
    const dovecot = await startDovecot();
    const server = await startServer({ folder, startedBy: ['unshare', '-rm', 'sh', '-c', mount, 'sh'] });
    const ballast = join(`/proc/${server.pid}/root`, data, 'ballast');
    const user = 'support@demo.test';
    const mails = 1_000;
    try {
      await addMailbox(server, dovecot, user);
      // Room for a few hundred of them.
      await writeFile(ballast, Buffer.alloc(122 * 1_048_576));

      await dovecot.fill(
        user,
        Array.from({ length: mails }, (_, n) =>
          makeMail({ from: `c${n}@customer.test`, to: user, subject: `Mail ${n}`, messageId: newMessageId() }),
        ),
      );
      await until('the disk is full', async () => /disk that holds the data folder is full/.test(server.log()), 60_000);
      const whileFull = await settled(server);
      await rm(ballast);
      await until('all mails are settled', async () => (await settled(server)) === mails, 120_000);

      expect(whileFull).toBeLessThan(mails);
      const subjectsOfAll = await allSubjects(server);
      expect(subjectsOfAll).toHaveLength(mails);
      expect(new Set(subjectsOfAll).size).toBe(mails);
    } finally {
      await server.stop();
      await dovecot.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
  240_000,
);

/** What every page tells of the disk. */
async function storage(server: Server): Promise<System['storage']> {
  return (await server.api<System>('GET', '/api/system')).storage;
}

async function openAlarms(server: Server): Promise<AlarmsPage['open']> {
  return (await server.api<AlarmsPage>('GET', '/api/alarms')).open;
}

/** A webhook that takes everything. */
async function startHook(): Promise<{ address: string; told: unknown[]; close(): void }> {
  const told: unknown[] = [];
  const hook = createServer((request, response) => {
    void text(request).then((body) => {
      told.push(JSON.parse(body));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => hook.listen(0, '127.0.0.1', done));
  // A server that listens on a port has an address with one.
  const { port } = hook.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, told, close: () => void hook.close() };
}

async function settled(server: Server): Promise<number> {
  const { counts } = await server.api<{ counts: Record<string, number> }>('GET', '/api/ledger?limit=1');
  return Object.entries(counts).reduce((sum, [state, count]) => (state === 'received' ? sum : sum + count), 0);
}

async function allSubjects(server: Server): Promise<string[]> {
  const found: string[] = [];
  let after: string | null = '';
  while (after !== null) {
    const page: { items: { subject: string }[]; next: string | null } = await server.api(
      'GET',
      `/api/interactions?limit=200${after === '' ? '' : `&after=${after}`}`,
    );
    found.push(...page.items.map(({ subject }) => subject));
    after = page.next;
  }
  return found;
}

async function fillDisk(file: string): Promise<void> {
  for (let size = 1_048_576; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) await writeFile(file, Buffer.alloc(size), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

/** The code of the receiver's final answer. */
async function send(server: Server, subject: string): Promise<string> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  try {
    const raw = makeMail({ subject, messageId: `<${subject.replaceAll(' ', '-')}@customer.test>` });
    const { response } = await transport.sendMail({
      envelope: { from: 'a@customer.test', to: ['support@demo.test'] },
      raw,
    });
    return response.slice(0, 3);
  } catch (error) {
    // nodemailer's errors carry the server's answer.
    return String((error as { responseCode?: number }).responseCode);
  } finally {
    transport.close();
  }
}

async function subjects(server: Server): Promise<string[]> {
  const { items } = await server.api<{ items: { subject: string }[] }>('GET', '/api/interactions?state=queued');
  return items.map(({ subject }) => subject);
}
