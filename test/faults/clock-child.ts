import { readFileSync, watchFile } from 'node:fs';

// node --import clock-child.ts, with SLUICE_TEST_CLOCK naming a file: the wall clock of this process is wrong by as many milliseconds as stand in
// it. Timers run on, as they do where somebody sets the clock of a machine.
const file = process.env.SLUICE_TEST_CLOCK ?? '';
let offset = 0;
const read = () => {
  offset = Number(readFileSync(file, 'utf8'));
};
read();
watchFile(file, { interval: 50, persistent: false }, read);

const RealDate = Date;
const now = () => RealDate.now() + offset;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
