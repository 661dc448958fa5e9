import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { until } from '../support/until.ts';
import { emailFrom, openOutbox, smtpTo } from './fixture.ts';

const mails = 60;

function sendInAnotherProcess(folder: string, port: number): ChildProcess {
  const script = fileURLToPath(new URL('./sending-process.ts', import.meta.url));
  return spawn(process.execPath, [script, folder, String(port)], { stdio: 'inherit' });
}

test('a process that is killed while it sends doubles nothing and loses nothing from sight', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-crash-'));
  const server = await startSmtpSink();
  const writer = await openOutbox(null, folder);
  await Promise.all(Array.from({ length: mails }, (_, i) => writer.settle(emailFrom(`s${i}@example.com`))));
  await writer.store.close();

  for (const killAfter of [7, 23]) {
    const child = sendInAnotherProcess(folder, server.port);
    await server.waitFor(killAfter);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const last = await openOutbox(smtpTo(server.port), folder);
  await last.outbox.start();
  await until('nothing waits', async () =>
    (await last.rows()).every((row) => row.state === 'sent' || row.state === 'uncertain'),
  );

  const received = server.mails.flatMap((mail) => mail.to);
  expect(new Set(received).size).toBe(received.length);
  const rows = await last.rows();
  expect(rows).toHaveLength(mails);
  const uncertain = rows.filter((row) => row.state === 'uncertain');
  // At most the mails that were under way at each kill.
  expect(uncertain.length).toBeLessThanOrEqual(2 * 5);
  for (const row of rows.filter(({ state }) => state === 'sent')) expect(received).toContain(row.to_address);
  console.log(`${received.length} of ${mails} mails arrived once, ${uncertain.length} are uncertain after two kills`);
  await last.close();
  await server.stop();
  await rm(folder, { recursive: true });
});

test('a row found in the middle of being sent is uncertain', async () => {
  const box = await openOutbox(null);
  await box.settle(emailFrom('vera@example.com'));
  await box.store.commit((tx) => tx.updateTable('outbox').set({ state: 'sending' }).execute());

  await box.outbox.start();

  expect(await box.row()).toMatchObject({ state: 'uncertain', reason: expect.stringContaining('may or may not') });
  await box.close();
});
