import type { Selectable, Transaction } from 'kysely';
import type { Draft } from '../../schemas/api/flows.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { isTooDeepValue, maxDocumentBytes, maxDocumentDepth } from './read-json.ts';

export interface DraftToSave {
  id: string;
  /** User id: a draft belongs to one user. */
  user: string;
  document: Record<string, unknown>;
  /** The revision that was read; left out, the draft is overwritten whatever it holds. */
  revision?: number;
  /** Version that the drawing began from. Left out, an existing draft keeps its own, and a new one gets what is published. */
  baseVersion?: number | null;
}

type DraftRow = Selectable<Database['drafts']>;

/** Undefined if the user has no draft of the flow. */
export async function readDraft(store: Store, id: string, user: string): Promise<Draft | undefined> {
  const row = await store.read
    .selectFrom('drafts')
    .selectAll()
    .where('flow', '=', id)
    .where('user', '=', user)
    .executeTakeFirst();
  return row === undefined ? undefined : draftOf(row);
}

/** A user's drafts with their documents' names, by flow id. */
export async function listDrafts(store: Store, user: string): Promise<Map<string, Draft>> {
  const rows = await store.read.selectFrom('drafts').selectAll().where('user', '=', user).execute();
  return new Map(rows.map((row) => [row.flow, draftOf(row)]));
}

/** Whose drafts of a flow there are, without what is in them; the latest first. */
export async function draftsOf(
  store: Store,
  id: string,
): Promise<{ user: string; updatedAt: string; baseVersion: number | null }[]> {
  const rows = await store.read
    .selectFrom('drafts')
    .select(['user', 'updated_at', 'base_version'])
    .where('flow', '=', id)
    .orderBy('updated_at', 'desc')
    .execute();
  return rows.map((row) => ({
    user: row.user,
    updatedAt: new Date(row.updated_at).toISOString(),
    baseVersion: row.base_version,
  }));
}

export async function hasAnyDraft(store: Store, id: string): Promise<boolean> {
  const row = await store.read.selectFrom('drafts').select('flow').where('flow', '=', id).limit(1).executeTakeFirst();
  return row !== undefined;
}

/**
 * Stores the next revision.
 *
 * @throws UserError `draft-changed` (409) where another tab saved meanwhile; `document-too-large`, `document-too-deep` (422).
 */
export function saveDraft(store: Store, draft: DraftToSave, published: number | null, now: number): Promise<Draft> {
  const document = boundedJson(draft.document);
  return store.commit(async (tx) => {
    const before = await tx
      .selectFrom('drafts')
      .select(['revision', 'base_version'])
      .where('flow', '=', draft.id)
      .where('user', '=', draft.user)
      .executeTakeFirst();
    const revision = before?.revision ?? 0;
    if (draft.revision !== undefined && draft.revision !== revision) {
      throw new UserError(
        'draft-changed',
        'This draft was saved elsewhere meanwhile, perhaps in another tab. Load it again, or save over it on purpose.',
        { status: 409, data: { revision } },
      );
    }
    const kept = before === undefined ? published : before.base_version;
    const row: DraftRow = {
      flow: draft.id,
      user: draft.user,
      document,
      base_version: draft.baseVersion === undefined ? kept : draft.baseVersion,
      revision: revision + 1,
      updated_at: now,
    };
    await tx
      .insertInto('drafts')
      .values(row)
      .onConflict((conflict) => conflict.columns(['flow', 'user']).doUpdateSet(row))
      .execute();
    return draftOf(row);
  });
}

/** Deletes the user's draft; with a revision only if it is still that one. */
export async function deleteDraft(
  tx: Transaction<Database>,
  id: string,
  user: string,
  revision?: number,
): Promise<void> {
  const drafts = tx.deleteFrom('drafts').where('flow', '=', id).where('user', '=', user);
  await (revision === undefined ? drafts : drafts.where('revision', '=', revision)).execute();
}

/** Throws UserError `document-too-deep` or `document-too-large` (422). */
export function boundedJson(document: unknown): string {
  if (isTooDeepValue(document)) {
    const words = `The document nests deeper than ${maxDocumentDepth} levels.`;
    throw new UserError('document-too-deep', words, { status: 422 });
  }
  const text = JSON.stringify(document) ?? 'null';
  if (Buffer.byteLength(text) > maxDocumentBytes) {
    const words = `The document is larger than ${maxDocumentBytes} bytes.`;
    throw new UserError('document-too-large', words, { status: 422 });
  }
  return text;
}

function draftOf(row: DraftRow): Draft {
  return {
    // Written by saveDraft, which takes objects only.
    document: JSON.parse(row.document) as Record<string, unknown>,
    baseVersion: row.base_version,
    updatedAt: new Date(row.updated_at).toISOString(),
    revision: row.revision,
  };
}
