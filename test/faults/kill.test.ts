import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killDuringLoad } from './kill-load.ts';

it('loses, doubles and answers twice nothing when the server is killed twenty times during a load of 500 mails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-kill-'));
  const seed = Number(process.env.SLUICE_SEED ?? Date.now() % 1_000_000);

  const report = await killDuringLoad({ mails: 500, kills: 20, seed, folder });

  console.log(`seed ${seed}: ${JSON.stringify(report)}`);
  expect(report).toMatchObject({ interactions: 500, lost: [], doubled: [], answeredTwice: [], sentButNotReceived: [] });
  const { sent = 0, uncertain = 0, ...others } = report.outbox;
  expect(others).toEqual({});
  expect(sent + uncertain).toBe(500);
  await rm(folder, { recursive: true, force: true });
}, 300_000);
