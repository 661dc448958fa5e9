import type {
  Draft,
  FlowSummary,
  FlowVersion,
  HistoryEntry,
  PublishResult,
  VersionSummary,
} from '../../schemas/api/flows.ts';
import type { Topic } from '../../schemas/api/system.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Issue } from '../../schemas/issue.ts';
import type { KnownModule } from '../../schemas/known-module.ts';
import type { Store } from '../store/store.ts';
import { createCatalogue, type FileReport } from './catalogue.ts';
import type { CheckFlow } from './check-flow-port.ts';
import { type DraftToSave, deleteDraft, draftsOf, hasAnyDraft, listDrafts, readDraft, saveDraft } from './drafts.ts';
import { flowFileName } from './flow-files.ts';
import { createGit } from './git.ts';
import { joinHistory } from './history.ts';
import { type Publication, publish } from './publish.ts';
import { summariesOf } from './summaries.ts';
import { listVersions, readVersion } from './versions.ts';

export interface Flows {
  /**
   * Publishes what is in the folder: each changed file that passes the checks becomes a new version; of one with errors the
   * last good version stays. Resolves with one report per file. Throws OperationalError `flows-unreadable`, `store-…`.
   */
  load(): Promise<FileReport[]>;
  /** What runs, from memory: asked for every mail. */
  published(id: string): { flow: Flow; version: number } | null;
  /** The modules that are published, with what they take, give back, and who calls them. */
  modules(): KnownModule[];
  /** Everything that is wrong with a document, beside the flows that are published now. */
  check(document: unknown): { flow: Flow | null; issues: Issue[] };
  /** All flows, with the drafts of one user (by id), in order of their names. */
  list(user: string): Promise<FlowSummary[]>;
  /** The user's draft, or else the published document with revision 0. Throws UserError `flow-not-found` (404). */
  draft(id: string, user: string): Promise<Draft>;
  /** An empty flow as the user's draft. Throws UserError `flow-exists` (409). */
  createDraft(input: {
    id: string;
    name: string;
    type?: Flow['type'] | undefined;
    user: string;
    queue?: string;
  }): Promise<Draft>;
  /** Throws UserError `draft-changed` (409), `document-too-large`, `document-too-deep` (422). */
  saveDraft(input: DraftToSave): Promise<Draft>;
  /** The user's draft is forgotten; no error if there is none. */
  discardDraft(id: string, user: string): Promise<void>;
  /** See publish.ts for the order and the errors. Publications happen one after the other. */
  publish(input: Publication): Promise<PublishResult>;
  /** Newest first; empty if never published. */
  versions(id: string): Promise<VersionSummary[]>;
  /** The versions with what git knows of the file beyond them, newest first. Git that does not answer is no reason to show nothing. */
  history(id: string): Promise<HistoryEntry[]>;
  /** Whose drafts of the flow there are, by user id, the latest first. */
  drafts(id: string): Promise<{ user: string; updatedAt: string; baseVersion: number | null }[]>;
  /** Throws UserError `version-not-found` (404). */
  version(id: string, version: number): Promise<FlowVersion>;
  /** True where publishing commits to git. */
  inRepository(): Promise<boolean>;
}

export function createFlows(deps: {
  store: Store;
  folder: string;
  check: CheckFlow;
  log: {
    info(data: object, message: string): void;
    warn(data: object, message: string): void;
    error(data: object, message: string): void;
  };
  clock: { now(): number };
  onChange: (topic: Topic) => void;
}): Flows {
  const { clock, folder, onChange, store } = deps;
  const git = createGit(folder);
  const catalogue = createCatalogue({ ...deps, git });
  let last: Promise<unknown> = Promise.resolve();

  /** Loading and publishing both read the folder, then write the store: one at a time. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.then(
      () => onChange('flows'),
      () => undefined,
    );
    return result;
  }

  const publishedVersion = (id: string) => catalogue.entries().get(id)?.published?.version ?? null;

  return {
    load: () => inTurn(() => catalogue.load()),
    published: (id) => catalogue.entries().get(id)?.published ?? null,
    modules: catalogue.modules,
    check: (document) => deps.check(document, catalogue.modules()),
    list: async (user) => summariesOf(catalogue.entries(), await listDrafts(store, user)),
    async draft(id, user) {
      const draft = await readDraft(store, id, user);
      if (draft !== undefined) return draft;
      const stored = catalogue.entries().get(id)?.stored;
      if (stored == null) {
        throw new UserError('flow-not-found', `There is no flow "${id}", and no draft of yours by that name.`, {
          status: 404,
        });
      }
      return { document: JSON.parse(stored.document), baseVersion: stored.version, updatedAt: null, revision: 0 };
    },
    async createDraft({ id, name, type = 'inbound-email', user, queue = 'general' }) {
      if (catalogue.entries().has(id) || (await hasAnyDraft(store, id))) {
        throw new UserError('flow-exists', `There is a flow "${id}" already, perhaps as somebody's draft.`, {
          status: 409,
        });
      }
      const draft = { id, user, document: emptyFlow({ id, name, type }, queue), revision: 0, baseVersion: null };
      const saved = await saveDraft(store, draft, null, clock.now());
      onChange('flows');
      return saved;
    },
    async saveDraft(input) {
      const saved = await saveDraft(store, input, publishedVersion(input.id), clock.now());
      onChange('flows');
      return saved;
    },
    async discardDraft(id, user) {
      await store.commit((tx) => deleteDraft(tx, id, user));
      onChange('flows');
    },
    publish: (input) => inTurn(() => publish({ ...deps, git, catalogue }, input)),
    versions: (id) => listVersions(store, id),
    async history(id) {
      const versions = await listVersions(store, id);
      const commits = (await git.active())
        ? await git.log(flowFileName(id)).catch((error) => {
            deps.log.warn({ flow: id, error }, 'Git did not tell the history of a flow');
            return [];
          })
        : [];
      return joinHistory(versions, commits);
    },
    drafts: (id) => draftsOf(store, id),
    version: (id, version) => readVersion(store, id, version),
    inRepository: git.active,
  };
}

function emptyFlow(own: Pick<Flow, 'id' | 'name' | 'type'>, queue: string): Record<string, unknown> {
  const flow: Flow = {
    $schema: '../schemas/json/flow.schema.json',
    ...own,
    description: '',
    variables: [],
    fallback: { queue },
    entry: '',
    actions: {},
    layout: {},
  };
  return flow;
}
