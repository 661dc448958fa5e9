import type { Kysely, Transaction } from 'kysely';
import { maxFileBytes, maxFiles, maxSentBytes, type ReplyFile } from '../../schemas/api/replies.ts';
import { UserError } from '../../schemas/errors.ts';
import { safeFileName } from '../../schemas/file-name.ts';
import type { Database } from '../store/database.ts';
import type { Owner } from './owner.ts';

export interface FileToAttach {
  id: string;
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** Such parts have parts of their own, which nobody looked at. */
const composed = /^(multipart|message)\//;
const plainType = /^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,100}$/;

/** A file that was sent is kept for as long as the reply might be taken back because a server is away. */
const keptMs = 86_400_000;

const shown = ['id', 'name', 'type', 'size'] as const;

/** The files of a draft, in the order in which they came. */
export async function draftFiles(read: Kysely<Database>, { interaction, who }: Owner): Promise<ReplyFile[]> {
  return read
    .selectFrom('reply_files')
    .select([...shown])
    .where('interaction', '=', interaction)
    .where('who', '=', who)
    .where('reply', 'is', null)
    .orderBy('id')
    .execute();
}

/** @throws UserError `file-empty`, `files-too-large` (413), `too-many-files` (422). */
export async function addFile(tx: Transaction<Database>, owner: Owner, file: FileToAttach, now: number): Promise<void> {
  const size = file.bytes.byteLength;
  if (size === 0) throw new UserError('file-empty', 'This file is empty.', { status: 422 });
  const there = await draftFiles(tx, owner);
  if (there.length >= maxFiles) {
    throw new UserError('too-many-files', `An answer has ${maxFiles} files at most.`, { status: 422 });
  }
  if (there.reduce((sum, each) => sum + each.size, size) > maxFileBytes) throw tooLarge();
  await forgetSent(tx, now);
  const type = file.type.toLowerCase();
  await tx
    .insertInto('reply_files')
    .values({
      ...owner,
      id: file.id,
      reply: null,
      name: safeFileName(file.name, 'file'),
      type: plainType.test(type) && !composed.test(type) ? type : 'application/octet-stream',
      size,
      created_at: now,
      bytes: file.bytes,
    })
    .execute();
}

/** The files to send with a reply: those of the draft that are named, whole. Throws UserError `file-not-found` (404), `mail-too-large` (413). */
export async function filesToSend(
  read: Kysely<Database>,
  owner: Owner,
  ids: readonly string[],
  recipients: number,
): Promise<(ReplyFile & { bytes: Uint8Array })[]> {
  if (ids.length === 0) return [];
  const files = await read
    .selectFrom('reply_files')
    .select([...shown, 'bytes'])
    .where('interaction', '=', owner.interaction)
    .where('who', '=', owner.who)
    .where('reply', 'is', null)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute();
  if (files.length !== new Set(ids).size) {
    const message = 'One of the files is not there any more. Take it out, or attach it again.';
    throw new UserError('file-not-found', message, { status: 404 });
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0) * recipients;
  if (bytes <= maxSentBytes) return files;
  const message = `These files would leave ${recipients} times, which is more than ${maxSentBytes / 1_048_576} MiB. Write to fewer people, or send less.`;
  throw new UserError('mail-too-large', message, { status: 413 });
}

/** The files leave with a reply, and come back to the draft if that is taken back. */
export async function bindFiles(tx: Transaction<Database>, ids: readonly string[], reply: string): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('reply_files')
    .set({ reply })
    .where('id', 'in', [...ids])
    .execute();
}

export async function unbindFiles(tx: Transaction<Database>, reply: string): Promise<void> {
  await tx.updateTable('reply_files').set({ reply: null }).where('reply', '=', reply).execute();
}

/** @param id one of them; all where none is named. */
export async function deleteFiles(tx: Transaction<Database>, { interaction, who }: Owner, id?: string): Promise<void> {
  let files = tx
    .deleteFrom('reply_files')
    .where('interaction', '=', interaction)
    .where('who', '=', who)
    .where('reply', 'is', null);
  if (id !== undefined) files = files.where('id', '=', id);
  await files.execute();
}

/** What left stands in the outbox; the copy for taking back is not needed any more. */
async function forgetSent(tx: Transaction<Database>, now: number): Promise<void> {
  await tx
    .deleteFrom('reply_files')
    .where('reply', 'is not', null)
    .where('created_at', '<', now - keptMs)
    .execute();
}

function tooLarge(): UserError {
  const message = `The files of an answer have ${maxFileBytes / 1_048_576} MiB at most together.`;
  return new UserError('files-too-large', message, { status: 413 });
}
