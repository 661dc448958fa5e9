import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { listInteractions } from '../../runtime/intake/interactions.ts';
import { ledgerCounts, listLedger } from '../../runtime/intake/ledger.ts';
import { openStore } from '../../runtime/store/store.ts';
import { openTempStore, tempDatabase } from '../store/temp-store.ts';
import { createRooms, mail } from './rooms.ts';
import { startRooms } from './started-rooms.ts';

test('killed again and again in the middle of accepting and settling, intake loses, doubles and answers twice nothing', async () => {
  const file = tempDatabase();
  const count = 300;
  const accepted = new Set<string>();
  let kills = 0;

  // Each process gets a little further than the one before, and is killed at another place of its work.
  for (let round = 0; round < 8; round += 1) {
    const { lines, killed } = await runUntilKilled(file, count, { afterLines: 1 + round * 31, andMs: round * 13 });
    for (const line of lines) accepted.add(line);
    if (killed) kills += 1;
  }
  const { lines } = await runUntilKilled(file, count, null);

  const store = await openTempStore(file);
  const ledger = await store.read.selectFrom('ledger').select(['server_key', 'state', 'interaction']).execute();
  const interactions = await store.read
    .selectFrom('interactions')
    .select(['id', 'ledger', 'state', 'from_address'])
    .execute();
  const answers = await store.read.selectFrom('outbox').select(['to_address', 'interaction']).execute();
  expect(kills).toBeGreaterThanOrEqual(6);
  expect(await ledgerCounts(store.read)).toEqual({ ...noMails, queued: count });
  expect(lines.at(-1)).toBe('idle');
  expect(ledger).toHaveLength(count);
  expect([...accepted].filter((number) => !ledger.some((row) => row.server_key === `7:${number}`))).toEqual([]);
  expect(ledger.filter((row) => row.state !== 'queued')).toEqual([]);
  expect(new Set(interactions.map((row) => row.ledger)).size).toBe(count);
  expect(interactions.map((row) => row.id).sort()).toEqual(ledger.map((row) => row.interaction).sort());
  expect(answers.map((row) => row.to_address).sort()).toEqual(interactions.map((row) => row.from_address).sort());
}, 120_000);

test('a mail that ends the process is quarantined on the fourth start; its neighbours are not blamed', async () => {
  const file = tempDatabase();
  const before = await openStore(file);
  const first = createRooms(before);
  const neighbours = Array.from({ length: 20 }, (_, number) => mail(number));
  await first.intake.accept(first.mailbox, [
    ...neighbours.slice(0, 10),
    mail(50, { subject: 'poison' }),
    ...neighbours.slice(10),
  ]);
  await first.stop();
  await before.close();
  let attempts = 1;

  // The count of the first try was written at acceptance; these two are tries as a suspect, each counted just before.
  while (attempts < 3) {
    const { killed } = await runUntilKilled(file, 0, null);
    expect(killed).toBe(true);
    attempts = await poisonAttempts(file);
  }

  const store = await openTempStore(file);
  const { intake } = await startRooms(store, {
    before(text) {
      if (text.includes('poison')) throw new Error('it was looked into');
    },
  });
  await intake.idle();
  expect(await ledgerCounts(store.read)).toMatchObject({ queued: 20, quarantined: 1, received: 0 });
  expect((await listInteractions(store.read, { state: 'quarantined' })).items).toMatchObject([
    { reason: expect.stringMatching(/^stopped-the-server: /) },
  ]);
}, 60_000);

const noMails = { received: 0, queued: 0, disconnected: 0, merged: 0, quarantined: 0, skipped: 0 };

async function poisonAttempts(file: string): Promise<number> {
  const store = await openStore(file);
  const { items } = await listLedger(store.read, { state: 'received' });
  await store.close();
  return Math.max(...items.map((item) => item.attempts));
}

/** Runs the child until it printed so many lines and then some, or to its end. */
async function runUntilKilled(file: string, count: number, when: { afterLines: number; andMs: number } | null) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-child.ts'), file, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<boolean>((resolve) => child.on('exit', (_code, signal) => resolve(signal === 'SIGKILL')));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    // Not a wait for something: it moves the kill to another place in the child's work.
    if (lines.length === when?.afterLines) void sleep(when.andMs).then(() => child.kill('SIGKILL'));
  }
  return { lines, killed: await ended };
}
