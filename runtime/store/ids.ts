import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';

/**
 * ULIDs that rise within a process, so that ids sort as their rows were made and new rows go to the end of an index.
 * The library asks for sixteen random numbers per id, each a call into the system; a pool makes that one call for many ids.
 */
export function createIds(): (now: number) => string {
  const pool = new Uint8Array(4_096);
  let used = pool.length;

  function random(): number {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const byte = pool[used] ?? 0;
    used += 1;
    return byte / 256;
  }

  return monotonicFactory(random);
}
