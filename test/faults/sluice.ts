import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Server, type ServerOptions, startServer } from '../support/start-server.ts';

const run = promisify(execFile);

/** The server under test, over all its lives: same data, same ports. */
export interface Sluice {
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** No file may be written beyond so many bytes: SQLite gets an I/O error. `unlimited` ends that. */
  limitFiles(bytes: string): Promise<void>;
  /** As that of Server, but waits while there is none. */
  api: Server['api'];
  /** What it logged in all its lives. */
  log(): string;
}

export function createSluice(options: ServerOptions): Sluice {
  let server: Server | undefined;
  let former = '';
  const end = async (how: 'kill' | 'stop') => {
    const ending = server;
    server = undefined;
    await ending?.[how]();
    former += ending?.log() ?? '';
  };
  return {
    async start() {
      server = await startServer(options);
    },
    stop: () => end('stop'),
    kill: () => end('kill'),
    signal(signal) {
      if (server !== undefined) process.kill(server.pid, signal);
    },
    async limitFiles(bytes) {
      if (server !== undefined) await run('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:`]);
    },
    async api(method, path, body) {
      if (server === undefined) throw new Error('The server is away.');
      return server.api(method, path, body);
    },
    log: () => former + (server?.log() ?? ''),
  };
}
