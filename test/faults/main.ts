/**
 * `npm run faults -- --minutes 10 --seed 7`: mails by every source while faults strike by a plan that the seed decides. Prints the plan, every
 * fault with its time, and the counts; exit code 1 if a mail was lost, doubled or left behind. `--only server-kill,disk-full` strikes with these alone; `--rest 60`
 * gives everything so many seconds to come to rest afterwards, `--hurry` has mailboxes
 * looked at and answers tried all the time, and `--log` prints what the server logged.
 */
import { parseArgs } from 'node:util';
import { runBench } from './bench.ts';
import { faultKinds } from './kinds/index.ts';
import { planLines, planOf } from './plan.ts';
import { isClean, reportOf } from './report.ts';
import { loadSources } from './sources/index.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    only: { type: 'string' },
    rest: { type: 'string', default: '360' },
    hurry: { type: 'boolean', default: false },
    log: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const ms = Number(values.minutes) * 60_000;
const names = values.only?.split(',');
const kinds = faultKinds.filter(({ name }) => names?.includes(name) ?? true);
if (!(ms > 0) || !Number.isInteger(seed) || kinds.length === 0) {
  console.error(
    `Use: npm run faults -- [--minutes 10] [--seed 7] [--only ${faultKinds.map(({ name }) => name).join(',')}]`,
  );
  process.exit(2);
}
const strikes = Math.max(kinds.length, Math.round(ms / 3_000));
console.log(`Seed ${seed}, ${values.minutes} minutes. The plan:`);
for (const line of planLines(planOf({ seed, ms, kinds, strikes }))) console.log(line);
console.log('\nWhat struck:');
const result = await runBench({
  seed,
  ms,
  strikes,
  kinds,
  mailsPerSource: Math.round((ms / 1_000) * 2),
  sources: loadSources,
  restMs: Number(values.rest) * 1_000,
  hurry: values.hurry,
  say: (line) => console.log(line),
  onStarted(world) {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => void world.stop().finally(() => process.exit(130)));
    }
  },
});
if (values.log) console.log(result.log);
console.log(`\n${reportOf(result)}`);
process.exit(isClean(result) ? 0 : 1);
