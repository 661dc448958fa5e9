import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TakenMail } from './outgoing.ts';

/** A ledger row with what came of it. */
export interface FoundMail {
  /** That of the mail's own header; empty where it has none. */
  id: string;
  state: string;
  interactions: { id: string; state: string; answers: { messageId: string; state: string; reason: string }[] }[];
}

/** Reads what the database holds, by a connection of its own: what Sluice says of itself is not what is judged. */
export interface Reader {
  read(): Promise<FoundMail[]>;
  stop(): Promise<void>;
}

/** @param startedBy as for the server: a disk may be seen by some processes only, and SQLite opens nothing through /proc. */
export function startReader(dataFolder: string, startedBy: readonly string[]): Reader {
  const [execPath = process.execPath, ...rest] = startedBy;
  const execArgv = startedBy.length === 0 ? [] : [...rest, process.execPath];
  const file = join(dataFolder, 'sluice.db');
  const child: ChildProcess = fork(join(import.meta.dirname, 'found-child.ts'), [file], { execPath, execArgv });
  return {
    async read() {
      child.send('read');
      // What found-child.ts sends.
      const [found] = (await once(child, 'message')) as [FoundMail[] | { error: string }];
      if (!Array.isArray(found)) throw new Error(found.error);
      return found;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** How often the outgoing server took each mail, by Message-ID; what it refused counts as not taken. */
export function countTaken(taken: readonly TakenMail[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { messageId, refused } of taken) {
    if (!refused) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
  }
  return counts;
}
