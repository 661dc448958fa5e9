import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The disk that the data folder lies on: a small one of its own, where the system lets us mount one. */
export interface Disk {
  /** Why it cannot be filled. */
  readonly impossible: string | undefined;
  /** A command before that of a process which is to see the disk. */
  readonly startedBy: readonly string[];
  fill(): Promise<void>;
  clear(): Promise<void>;
  unmount(): Promise<void>;
}

const megabytes = 256;

/**
 * A process keeps the disk in a mount namespace that others enter, so that it outlives a server that is killed, needs no root, and is gone when
 * that process ends, however it does.
 */
export async function mountDisk(data: string): Promise<Disk> {
  const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs '${data}' && echo mounted && exec sleep infinity`;
  const keeper = spawn('unshare', ['-rm', 'sh', '-c', mount], { stdio: ['ignore', 'pipe', 'ignore'] });
  if (!(await says(keeper, 'mounted'))) {
    return {
      impossible: 'this system lets nobody mount a small file system of their own (unshare -rm)',
      startedBy: [],
      fill: async () => {},
      clear: async () => {},
      unmount: async () => {},
    };
  }
  const ballast = join(`/proc/${keeper.pid}/root`, data, 'ballast');
  return {
    impossible: undefined,
    startedBy: ['nsenter', '--preserve-credentials', '--user', '--mount', '--target', String(keeper.pid), '--'],
    async fill() {
      for (let size = 1_048_576; size >= 1; size = Math.floor(size / 16)) {
        try {
          for (;;) await writeFile(ballast, Buffer.alloc(size), { flag: 'a' });
        } catch (error) {
          // What a file system says when it is full.
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
    },
    clear: () => rm(ballast, { force: true }),
    async unmount() {
      const ended = once(keeper, 'exit');
      keeper.kill('SIGKILL');
      await ended;
    },
  };
}

function says(child: ChildProcess, word: string): Promise<boolean> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', () => resolve(false));
    child.stdout?.on('data', (chunk) => String(chunk).includes(word) && resolve(true));
  });
}
