import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../make-folder.ts';

/** Writes a file of the folder so that at any moment, a power cut included, it holds either the old content or the new. Throws what the disk says. */
export async function writeFileDurably(
  folder: string,
  name: string,
  content: string | Uint8Array,
  mode = 0o644,
): Promise<void> {
  const temporary = join(folder, `.${name}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await makeFolder(folder);
    await writeAndSync(temporary, content, mode);
    await rename(temporary, join(folder, name));
    await syncFolder(folder);
  } catch (thrown) {
    // What cannot be removed either must not hide why the file was not written.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
}

async function writeAndSync(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  await using handle = await open(path, 'wx', mode);
  await handle.writeFile(content);
  await handle.sync();
}

/** The new name is durable only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}
