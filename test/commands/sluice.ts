import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';

export const root = resolve(import.meta.dirname, '../..');
export const sampleFlow = join(root, 'flows/support.flow.json');
export const mail = (name: string) => join(root, 'test/emails', `${name}.eml`);

interface Options {
  /** Standard input. */
  input?: string | Uint8Array;
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** The Node that runs the launcher. */
  node?: string;
}

interface Outcome {
  code: number | null;
  out: string;
  err: string;
  /** Standard output as NDJSON. */
  lines(): Record<string, unknown>[];
}

/** The command line as a user has it: the launcher in a process of its own. */
export async function sluice(args: readonly string[], options: Options = {}): Promise<Outcome> {
  const child = spawn(options.node ?? process.execPath, [join(root, 'runtime/sluice.js'), ...args], {
    cwd: options.cwd ?? root,
    // Elsewhere than in the project's own data folder, which a developer may have.
    env: { PATH: process.env.PATH, SLUICE_DATA: join(tmpdir(), 'sluice-no-such-data'), ...options.env },
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  // A command that never reads its input ends before all of it is written.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return {
    code,
    out,
    err,
    lines: () =>
      out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  };
}

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A new folder, removed after the tests of the file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-commands-'));
  folders.push(folder);
  return folder;
}
