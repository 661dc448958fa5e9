import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createFlows, type Flows } from '../../runtime/flows/flows.ts';
import { openStore, type Store } from '../../runtime/store/store.ts';
import { checkFlow } from '../../schemas/check-flow.ts';

const run = promisify(execFile);

export const ada = { id: 'u1', name: 'Ada Lovelace', email: 'ada@example.com' };

/** A flow that passes all checks; `note` makes one differ from another. */
export function sampleFlow(id = 'support', note = '') {
  return {
    id,
    name: 'Support',
    type: 'inbound-email',
    description: note,
    fallback: { queue: 'general' },
    entry: 'to-general',
    actions: { 'to-general': { type: 'transfer-to-queue', name: 'General', settings: { queue: 'general' } } },
    layout: { 'to-general': { x: 0, y: 0 } },
  };
}

export interface TestFlows {
  flows: Flows;
  store: Store;
  /** Of the flow files. */
  folder: string;
  root: string;
  git(...args: string[]): Promise<string>;
  write(id: string, content: unknown): Promise<void>;
  read(id: string): Promise<string>;
  /** As a new process would: everything in memory is gone. */
  restart(): Promise<Flows>;
  close(): Promise<void>;
}

/** Real files, a real store, and a real repository where `git` is set. */
export async function openFlows(options: { git?: boolean; identity?: boolean } = {}): Promise<TestFlows> {
  const root = await mkdtemp(join(tmpdir(), 'sluice-flows-'));
  const folder = join(root, 'flows');
  await mkdir(folder);
  const store = await openStore(join(root, 'data', 'sluice.db'));
  const git = async (...args: string[]) => (await run('git', args, { cwd: root })).stdout.trim();
  if (options.git) {
    await git('init', '--quiet', '--initial-branch=main');
    await writeFile(join(root, '.gitignore'), 'data/\n');
    if (options.identity !== false) {
      await git('config', 'user.name', 'Server');
      await git('config', 'user.email', 'server@example.com');
    }
  }
  const make = () =>
    createFlows({
      store,
      folder,
      check: (document) => checkFlow(document, { queues: ['general', 'billing'] }),
      log: { info() {}, warn() {}, error() {} },
      clock: { now: () => Date.now() },
      onChange: () => {},
    });
  const file = (id: string) => join(folder, `${id}.flow.json`);

  return {
    flows: make(),
    store,
    folder,
    root,
    git,
    write: (id, content) => writeFile(file(id), typeof content === 'string' ? content : JSON.stringify(content)),
    read: (id) => readFile(file(id), 'utf8'),
    async restart() {
      const flows = make();
      await flows.load();
      return flows;
    },
    async close() {
      await store.close();
      await rm(root, { recursive: true });
    },
  };
}
