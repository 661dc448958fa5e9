import { createServer } from 'node:net';

/** Ports below the range that the kernel gives to outgoing connections, so that one is still free a moment later. */
const first = 20_000;
const count = 12_000;
/** Each process walks the range from a place of its own and never gives a port twice: a random draw would, now and then. */
let next = Math.floor(Math.random() * count);

/** A port that nothing listens on, for servers that cannot be told "any". */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    next = (next + 1) % count;
    if (await isFree(first + next)) return first + next;
  }
  throw new Error(`No free port between ${first} and ${first + count} in 50 tries.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
