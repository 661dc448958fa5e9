import { sql, type Transaction } from 'kysely';
import type { FlowVersion, VersionSummary } from '../../schemas/api/flows.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';

/** A published version as it is stored. */
export interface StoredVersion {
  flow: string;
  version: number;
  /** Canonical text. */
  document: string;
  hash: string;
  author: string;
  publishedAt: number;
  commit: string | null;
}

export interface NewVersion {
  flow: string;
  document: string;
  hash: string;
  author: string;
  message: string;
  publishedAt: number;
  commit: string | null;
}

/** The newest version of each flow, by id. */
export async function newestVersions(store: Store): Promise<Map<string, StoredVersion>> {
  const rows = await store.read
    .selectFrom('flow_versions as v')
    .selectAll()
    .where('version', '=', (query) =>
      query
        .selectFrom('flow_versions as newer')
        .select(sql<number>`max(newer.version)`.as('version'))
        .whereRef('newer.flow', '=', 'v.flow'),
    )
    .execute();
  return new Map(
    rows.map(({ published_at, git_commit, message: _, ...row }) => [
      row.flow,
      { ...row, publishedAt: published_at, commit: git_commit },
    ]),
  );
}

/** Writes the next version. Versions count from 1 and are never changed: a run is drawn on the version that ran. */
export async function insertVersion(tx: Transaction<Database>, version: NewVersion): Promise<StoredVersion> {
  const newest = await tx
    .selectFrom('flow_versions')
    .select((query) => query.fn.max('version').as('version'))
    .where('flow', '=', version.flow)
    .executeTakeFirst();
  const number = (newest?.version ?? 0) + 1;
  const { publishedAt, commit, ...rest } = version;
  await tx
    .insertInto('flow_versions')
    .values({ ...rest, version: number, published_at: publishedAt, git_commit: commit })
    .execute();
  const { message: _, ...stored } = version;
  return { ...stored, version: number };
}

/** All versions of a flow, the newest first. */
export async function listVersions(store: Store, flow: string): Promise<VersionSummary[]> {
  const rows = await store.read
    .selectFrom('flow_versions')
    .select(['version', 'author', 'message', 'published_at', 'git_commit', 'hash'])
    .where('flow', '=', flow)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(summaryOf);
}

/** Throws UserError `version-not-found` (404). */
export async function readVersion(store: Store, flow: string, version: number): Promise<FlowVersion> {
  const row = await store.read
    .selectFrom('flow_versions')
    .select(['version', 'author', 'message', 'published_at', 'git_commit', 'hash', 'document'])
    .where('flow', '=', flow)
    .where('version', '=', version)
    .executeTakeFirst();
  if (row === undefined) {
    throw new UserError('version-not-found', `Flow ${flow} has no version ${version}.`, { status: 404 });
  }
  // Only checked documents are stored as versions.
  return { ...summaryOf(row), document: JSON.parse(row.document) as Flow };
}

function summaryOf(row: {
  version: number;
  author: string;
  message: string;
  published_at: number;
  git_commit: string | null;
  hash: string;
}): VersionSummary {
  const { version, author, message, published_at, git_commit, hash } = row;
  return { version, author, message, publishedAt: new Date(published_at).toISOString(), commit: git_commit, hash };
}
