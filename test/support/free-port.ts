import { createServer } from 'node:net';

/** Ports below the range that the kernel gives to outgoing connections, so that one is still free a moment later. */
const lowest = 20_000;
/** Test files that run side by side have a stretch each: what one has found free, another might take before it listens. */
const stretch = 1_000;
const first = lowest + (Number(process.env.VITEST_POOL_ID ?? 0) % 12) * stretch;
/** Each process walks its stretch from a place of its own and never gives a port twice: a random draw would, now and then. */
let next = Math.floor(Math.random() * stretch);

/** A port that nothing listens on, for servers that cannot be told "any". */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    next = (next + 1) % stretch;
    if (await isFree(first + next)) return first + next;
  }
  throw new Error(`No free port between ${first} and ${first + stretch} in 50 tries.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
