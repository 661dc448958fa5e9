import type { PublishResult } from '../../schemas/api/flows.ts';
import { coerceError, UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import { hasErrors, type Issue } from '../../schemas/issue.ts';
import type { Store } from '../store/store.ts';
import { canonicalHash, canonicalText } from './canonical.ts';
import type { Catalogue } from './catalogue.ts';
import type { CheckFlow } from './check-flow-port.ts';
import { boundedJson, deleteDraft } from './drafts.ts';
import { type FlowFile, flowFileName, removeFlowFile, writeFlowFile } from './flow-files.ts';
import type { Git, GitAuthor } from './git.ts';
import { readJson } from './read-json.ts';
import { insertVersion } from './versions.ts';

interface FlowAuthor extends GitAuthor {
  /** User id, whose draft is then done with. */
  id: string;
}

export interface Publication {
  id: string;
  document: unknown;
  user: FlowAuthor;
  message: string;
  /** Version that the drawing began from; null if the flow was new. Left out, whatever is published is replaced. */
  baseVersion?: number | null;
  /** Asked last of all, for something that is not published yet: what goes into the history, or throws what stands in the way. */
  pass?: (flow: Flow) => Promise<string>;
  /** Of the author's draft that this is; one that was saved since then is kept. Left out, any draft of theirs is done with. */
  revision?: number;
}

interface PublishDeps {
  store: Store;
  folder: string;
  git: Git;
  check: CheckFlow;
  catalogue: Catalogue;
  clock: { now(): number };
  log: { info(data: object, message: string): void; error(data: object, message: string): void };
}

/**
 * Publishes a document: file, then git, then store, then memory. The file comes first because it is what counts: whatever
 * stops the process in between, the next load finds the file differing from the newest version and publishes it. A git that
 * refuses puts the former file back, and nothing was published. If the store cannot be written, the former version stays
 * in force until the same publication is tried again or the files are loaded anew.
 *
 * @throws UserError `flow-has-errors` (422, issues in data), `published-over` (409), `file-changed` (409), `git-refused`,
 * `git-detached-head`, `document-too-large`, `document-too-deep`, what `pass` throws; OperationalError `flow-not-written`, `git-…`, `store-…`.
 */
export async function publish(deps: PublishDeps, input: Publication): Promise<PublishResult> {
  const { catalogue, store } = deps;
  const { flow, issues } = checked(deps, input);
  const text = canonicalText(input.document);
  const hash = canonicalHash(text);
  const file = await presentFile(catalogue, input.id, hash);
  const entry = catalogue.entries().get(input.id);
  const current = entry?.stored ?? null;
  const publishedAlready = current?.hash === hash;
  if (!publishedAlready) assertBase(input, current?.version ?? null, current?.author ?? '');

  const message = publishedAlready ? input.message : ((await input.pass?.(flow)) ?? input.message);
  const isWritten = publishedAlready && file !== null && meaningOf(file) === hash;
  const commit = isWritten ? current.commit : await writeAndCommit(deps, { ...input, message }, text, file);
  const stored = await store.commit(async (tx) => {
    await deleteDraft(tx, input.id, input.user.id, input.revision);
    if (publishedAlready) return current;
    return insertVersion(tx, {
      flow: input.id,
      document: text,
      hash,
      author: input.user.name,
      message,
      publishedAt: deps.clock.now(),
      commit,
    });
  });
  catalogue.set(input.id, {
    stored,
    published: { flow, version: stored.version },
    issues,
    seen: canonicalHash(isWritten ? (file.text ?? '') : text),
  });
  deps.log.info({ flow: input.id, version: stored.version, user: input.user.id, commit }, 'A flow was published');
  return { version: stored.version, commit, issues };
}

function checked({ check, catalogue }: PublishDeps, input: Publication): { flow: Flow; issues: Issue[] } {
  boundedJson(input.document);
  const { flow, issues } = check(input.document, catalogue.modules());
  const differs: Issue[] =
    flow === null || flow.id === input.id
      ? []
      : [{ code: 'id-differs', severity: 'error', path: '/id', message: `The flow's id must be "${input.id}".` }];
  const all = [...issues, ...differs];
  if (flow !== null && !hasErrors(all)) return { flow, issues: all };
  const errors = all.filter((issue) => issue.severity === 'error').length;
  throw new UserError(
    'flow-has-errors',
    `The flow has ${errors} error${errors === 1 ? '' : 's'}; mend them, then publish.`,
    {
      status: 422,
      data: { issues: all },
    },
  );
}

/** The file as it is now; what somebody else put there meanwhile is published first, so that it is not overwritten unseen. */
async function presentFile(catalogue: Catalogue, id: string, hash: string): Promise<FlowFile | null> {
  const seen = catalogue.entries().get(id)?.seen ?? null;
  const before = catalogue.entries().get(id)?.stored?.version ?? null;
  const file = await catalogue.refresh(id);
  const entry = catalogue.entries().get(id);
  const changed = file !== null && entry?.seen !== seen;
  const isPublished = entry?.stored?.version !== before || entry?.stored?.hash === hash;
  if (changed && !isPublished && hasErrors(entry?.issues ?? [])) {
    throw new UserError(
      'file-changed',
      `${flowFileName(id)} was changed outside of Sluice and has errors. Publish once more to replace it, or mend the file.`,
      { status: 409, data: { issues: entry?.issues ?? [] } },
    );
  }
  return file;
}

/** Hash of what the file says, however it is laid out; null if it says nothing. */
function meaningOf(file: FlowFile): string | null {
  const { document, issues } = readJson(file.text ?? '', file.name);
  return issues.length > 0 ? null : canonicalHash(canonicalText(document));
}

function assertBase(input: Publication, published: number | null, author: string): void {
  if (input.baseVersion === undefined || input.baseVersion === published) return;
  throw new UserError(
    'published-over',
    published === null
      ? 'The version that this was drawn from is not published any more.'
      : `Version ${published} was published meanwhile by ${author}. Compare, take over what you need, and publish on top of it.`,
    { status: 409, data: { version: published } },
  );
}

async function writeAndCommit(deps: PublishDeps, input: Publication, text: string, before: FlowFile | null) {
  const { folder, git, log } = deps;
  const inGit = await git.active();
  if (inGit) await git.assertCommittable();
  await writeFlowFile(folder, input.id, text);
  if (!inGit) return null;
  try {
    return await git.commit([flowFileName(input.id)], input.message, input.user);
  } catch (thrown) {
    await putBack(folder, input.id, before).catch((error) =>
      log.error({ flow: input.id, error: coerceError(error) }, 'The former flow file could not be put back'),
    );
    throw thrown;
  }
}

async function putBack(folder: string, id: string, before: FlowFile | null): Promise<void> {
  if (before === null) await removeFlowFile(folder, id);
  else if (before.text !== null) await writeFlowFile(folder, id, before.text);
}
