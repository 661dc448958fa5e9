import { createRetention } from '../../runtime/retention/retention.ts';
import { openStore } from '../../runtime/store/store.ts';
import { keepAll, usualRetention } from '../../schemas/retention.ts';

// node kill-child.ts <file> <now>: goes on with the run that is under way there, or begins one, until it is killed.
const [file = '', now = '0'] = process.argv.slice(2);
const store = await openStore(file);
const retention = createRetention({
  store,
  settings: { read: () => ({ retention: { ...usualRetention(), rules: { ...keepAll(), mails: 30 } } }) },
  clock: { now: () => Number(now) },
  note: async () => {},
  log: { info() {}, warn() {}, error: (data) => console.error(data) },
});
await retention.start();
const [last] = (await retention.view()).runs;
if (last === undefined) await retention.begin('by-hand');
await new Promise(() => setInterval(() => {}, 1_000));
