import { describeModules } from '../../schemas/describe-modules.ts';
import type { Flow } from '../../schemas/flow.ts';
import { idPattern } from '../../schemas/ids.ts';
import { hasErrors, type Issue } from '../../schemas/issue.ts';
import type { KnownModule } from '../../schemas/known-module.ts';
import type { Store } from '../store/store.ts';
import { canonicalHash, canonicalText } from './canonical.ts';
import type { CheckFlow } from './check-flow-port.ts';
import { documentOf, type FlowFile, readFlowFile, readFlowFiles } from './flow-files.ts';
import type { Git } from './git.ts';
import { modulesToCome } from './modules-to-come.ts';
import { insertVersion, newestVersions, type StoredVersion } from './versions.ts';

const possibleId = new RegExp(idPattern);

/** One flow as it is known in memory. */
export interface Entry {
  /** What runs; null where nothing was ever published. */
  published: { flow: Flow; version: number } | null;
  stored: StoredVersion | null;
  /** Of the file on disk: why it is not what is published, or warnings of what is. */
  issues: Issue[];
  /** Hash of the file's text when it was last looked at: tells a change that somebody else made since. */
  seen: string | null;
}

export interface FileReport {
  /** File name within the folder. */
  file: string;
  /** Version that runs now; null if none does. */
  version: number | null;
  issues: Issue[];
}

interface CatalogueDeps {
  store: Store;
  folder: string;
  git: Git;
  check: CheckFlow;
  clock: { now(): number };
  log: { info(data: object, message: string): void; warn(data: object, message: string): void };
}

/** Which flows there are: the folder's files, the versions in the store, and in memory what runs. */
export interface Catalogue {
  entries(): ReadonlyMap<string, Entry>;
  set(id: string, entry: Entry): void;
  /** What is published as a module. */
  modules(): KnownModule[];
  /** Reads the whole folder; changed files that pass the checks become new versions. */
  load(): Promise<FileReport[]>;
  /** Reads one flow's file again if it is not as it was last seen. */
  refresh(id: string): Promise<FlowFile | null>;
}

export function createCatalogue(deps: CatalogueDeps): Catalogue {
  const { check, clock, folder, git, log, store } = deps;
  let entries = new Map<string, Entry>();

  /** The stored version as it runs; nothing where today's schema does not know its shape any more. */
  function fromStore(stored: StoredVersion, issues: Issue[], seen: string | null): Entry {
    const { flow } = check(JSON.parse(stored.document), []);
    if (flow === null)
      log.warn({ flow: stored.flow, version: stored.version }, 'A stored version no longer fits the schema');
    return { stored, published: flow === null ? null : { flow, version: stored.version }, issues, seen };
  }

  const modules = () => describeModules([...entries.values()].flatMap(({ published }) => published?.flow ?? []));

  async function readEntry(
    file: FlowFile,
    newest: StoredVersion | undefined,
    known: readonly KnownModule[],
  ): Promise<Entry> {
    const seen = file.text === null ? null : canonicalHash(file.text);
    const rejected = (issues: Issue[]): Entry => {
      log.warn({ file: file.name, issues: issues.map((issue) => issue.message) }, 'A flow file is not published');
      return newest === undefined ? { published: null, stored: null, issues, seen } : fromStore(newest, issues, seen);
    };
    const { document, issues: unreadable } = documentOf(file);
    if (hasErrors(unreadable)) return rejected(unreadable);
    const text = canonicalText(document);
    const hash = canonicalHash(text);
    const { flow, issues } = check(document, known);
    if (flow === null) return rejected(issues);
    if (newest?.hash === hash) {
      return { stored: newest, published: { flow, version: newest.version }, issues, seen };
    }
    if (hasErrors(issues)) return rejected(issues);
    if (flow.id !== file.id) return rejected([idIssue(flow.id, file)]);
    const stored = await publishFile(file, text, hash);
    return { stored, published: { flow, version: stored.version }, issues, seen };
  }

  async function publishFile(file: FlowFile, text: string, hash: string): Promise<StoredVersion> {
    const change = (await git.active()) ? await git.lastChange(file.name).catch(() => null) : null;
    const stored = await store.commit((tx) =>
      insertVersion(tx, {
        flow: file.id,
        document: text,
        hash,
        author: change?.author ?? 'file',
        message: change?.subject ?? `Taken from ${file.name}`,
        publishedAt: clock.now(),
        commit: change?.commit ?? null,
      }),
    );
    log.info({ flow: file.id, version: stored.version, author: stored.author }, 'A flow was published from its file');
    return stored;
  }

  return {
    entries: () => entries,
    set(id, entry) {
      entries.set(id, entry);
    },
    modules,
    async load() {
      const newest = await newestVersions(store);
      const files = await readFlowFiles(folder);
      const known = modulesToCome(files ?? [], newest, check);
      const loaded = new Map<string, Entry>();
      const reports: FileReport[] = [];
      for (const file of files ?? []) {
        const entry = await readEntry(file, newest.get(file.id), known);
        // A name that can be no flow's id is reported, but there is no flow to list.
        if (possibleId.test(file.id)) loaded.set(file.id, entry);
        reports.push({ file: file.name, version: entry.published?.version ?? null, issues: entry.issues });
      }
      if (files === null && newest.size > 0) {
        // A folder that is not mounted is no order to withdraw every flow.
        log.warn({ folder }, 'The flows folder is missing; the stored versions stay published');
        for (const [id, stored] of newest) loaded.set(id, fromStore(stored, [], null));
      } else {
        const withdrawn = [...newest.keys()].filter((id) => !loaded.has(id));
        if (withdrawn.length > 0) log.warn({ flows: withdrawn }, 'Flows without a file any more are not published');
      }
      entries = loaded;
      return reports;
    },
    async refresh(id) {
      const file = await readFlowFile(folder, id);
      const seen = entries.get(id)?.seen ?? null;
      const present = file?.text == null ? null : canonicalHash(file.text);
      if (file !== null && present !== seen) {
        entries.set(id, await readEntry(file, (await newestVersions(store)).get(id), modules()));
      }
      return file;
    },
  };
}

function idIssue(id: string, file: FlowFile): Issue {
  const message = `${file.name} holds the flow "${id}". Name the file ${id}.flow.json, or set "id" to "${file.id}".`;
  return { code: 'id-differs-from-file', severity: 'error', path: '/id', message };
}
