import { expect, it } from 'vitest';
import { runBench } from './bench.ts';
import { faultKinds } from './kinds/index.ts';
import { serverKill } from './kinds/server-kill.ts';
import { reportOf } from './report.ts';
import { imap } from './sources/imap.ts';
import { loadSources } from './sources/index.ts';
import { receiver } from './sources/receiver.ts';

const clean = { lost: [], doubled: [], stuck: [], wrong: [] };
// What a start of the server takes decides how long these take: a second where nothing else runs, ten beside browsers.
const common = { restMs: 120_000, hurry: true };

it('loses, doubles and leaves behind nothing while every kind of fault strikes at every source', async () => {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);

  const result = await runBench({
    ...common,
    seed: 7,
    ms: 25_000,
    strikes: faultKinds.length,
    kinds: faultKinds,
    mailsPerSource: 40,
    sources: loadSources,
    say,
  });

  console.log([...lines, reportOf(result)].join('\n'));
  expect(result).toMatchObject(clean);
  // What cannot strike on this machine leaves its turn to another.
  expect(result.struck).toHaveLength(faultKinds.length);
}, 600_000);

it('loses, doubles and answers twice nothing when the server is killed twenty times during a load of 500 mails', async () => {
  const seed = Number(process.env.SLUICE_SEED ?? Date.now() % 1_000_000);

  const result = await runBench({
    ...common,
    seed,
    ms: 24_000,
    strikes: 20,
    kinds: [serverKill],
    mailsPerSource: 250,
    sources: [imap, receiver],
    say: () => {},
  });

  console.log(`seed ${seed}\n${reportOf(result)}`);
  expect(result).toMatchObject(clean);
}, 600_000);
