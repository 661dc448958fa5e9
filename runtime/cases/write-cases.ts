import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { coerceError, OperationalError } from '../../schemas/errors.ts';
import { writeFileDurably } from '../flows/durable-file.ts';
import type { Git, GitAuthor } from '../flows/git.ts';
import { makeFolder } from '../make-folder.ts';
import { isNoSuchFile } from './case-files.ts';

/** Files of one folder with their new content; null takes a file away. */
export type FileChanges = ReadonlyMap<string, string | Uint8Array | null>;

interface WriteDeps {
  /** The flows folder. */
  folder: string;
  git: Git;
  log: { error(data: object, message: string): void };
}

/**
 * Writes files below the flows folder and commits just them. If git refuses, what was there before is put back.
 *
 * @throws OperationalError `case-not-written`, `git-…`; UserError `git-refused`, `git-detached-head`.
 */
export async function writeAndCommit(
  deps: WriteDeps,
  below: string,
  changes: FileChanges,
  { message, author }: { message: string; author: GitAuthor },
): Promise<void> {
  const target = join(deps.folder, below);
  const inGit = await deps.git.active();
  if (inGit) await deps.git.assertCommittable();
  const before = await contentOf(target, [...changes.keys()]);
  try {
    await apply(target, changes);
    if (inGit)
      await deps.git.commit(
        [...changes.keys()].map((name) => join(below, name)),
        message,
        author,
      );
  } catch (thrown) {
    await apply(target, before).catch((error) =>
      deps.log.error({ folder: below, error: coerceError(error) }, 'The former files of a case could not be put back'),
    );
    throw thrown;
  }
}

async function contentOf(folder: string, names: readonly string[]): Promise<FileChanges> {
  const read = async (name: string): Promise<[string, Uint8Array | null]> => [
    name,
    // What is there and cannot be read could not be put back either: it must not be written over.
    await readFile(join(folder, name)).catch((thrown) => {
      if (isNoSuchFile(thrown)) return null;
      throw notWritten(thrown);
    }),
  ];
  return new Map(await Promise.all(names.map(read)));
}

async function apply(folder: string, changes: FileChanges): Promise<void> {
  try {
    await makeFolder(folder);
    // What is new first: whoever pulls the plug in the middle of a renaming finds the case twice, not nowhere.
    for (const [name, content] of changes) if (content !== null) await writeFileDurably(folder, name, content);
    for (const [name, content] of changes) if (content === null) await rm(join(folder, name), { force: true });
  } catch (thrown) {
    throw notWritten(thrown);
  }
}

function notWritten(cause: unknown): OperationalError {
  const words = `The case could not be written (${coerceError(cause).message}). Check space and permissions of the flows folder.`;
  return new OperationalError('case-not-written', words, { cause });
}
