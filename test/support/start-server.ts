import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { freePort } from './free-port.ts';
import { until } from './until.ts';

const root = resolve(import.meta.dirname, '../..');

/** A second where nothing else runs; beside other tests that start browsers and servers it has been twenty. */
const startSeconds = 60;

/** Those of `npm start`, which work in its folder: `node --flag runtime/start.js`. */
export const startArguments = packageJson.scripts.start
  .split(' ')
  .slice(1)
  .map((argument) => (argument.startsWith('-') ? argument : join(root, argument)));

export interface ServerOptions {
  /** Kept when given, so that a second start finds what the first left; else a new folder that `stop` removes. */
  folder?: string;
  env?: Readonly<Record<string, string>>;
  /** A command that the server is started by, such as `unshare`. */
  startedBy?: readonly string[];
  /** Fixed ports, for a restart under the same addresses. */
  ports?: { http: number; smtp: number };
}

/** Sluice as a process of its own, as a user starts it. */
export interface Server {
  readonly url: string;
  readonly folder: string;
  readonly ports: { http: number; smtp: number };
  readonly pid: number;
  /** The bearer token of the administrator. */
  readonly token: string;
  /** One API call; rejects with the problem's text for a status of 400 and more. */
  api<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  /** What it logged so far. */
  log(): string;
  /** SIGKILL: nothing is finished, nothing is flushed. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for the orderly end. */
  stop(): Promise<void>;
}

/** Starts the server on free ports with its own copy of `flows/`, and resolves once it is ready for mail. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'sluice-server-')));
  const ports = options.ports ?? { http: await freePort(), smtp: await freePort() };
  const token = 'a-token-for-tests-only';
  await cp(join(root, 'flows'), join(folder, 'flows'), { recursive: true, force: false });
  const [command = process.execPath, ...rest] = [...(options.startedBy ?? []), process.execPath, ...startArguments];
  const child = spawn(command, rest, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      SLUICE_DATA: join(folder, 'data'),
      SLUICE_FLOWS: join(folder, 'flows'),
      SLUICE_PORT: String(ports.http),
      SLUICE_SMTP_PORT: String(ports.smtp),
      SLUICE_ADMIN_TOKEN: token,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.on('data', (chunk) => (log += chunk));
  child.stderr.on('data', (chunk) => (log += chunk));
  const url = `http://127.0.0.1:${ports.http}`;

  const isReady = async () => {
    if (hasEnded(child)) throw new Error(`The server ended while starting:\n${log.slice(-4_000)}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    return answer?.ok === true;
  };
  await until('the server is ready', isReady, startSeconds * 1_000, 50);

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (hasEnded(child)) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await ended;
  }

  return {
    url,
    folder,
    ports,
    pid: child.pid ?? 0,
    token,
    async api<T>(method: string, path: string, body?: unknown) {
      const response = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      // The shape is what the API documents; a test that is wrong about it fails where it reads the value.
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
    log: () => log,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
