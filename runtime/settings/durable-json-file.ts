import { open, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Adapter } from 'lowdb';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';

/**
 * A lowdb adapter that survives a power cut: temporary file, fsync, rename, fsync of the folder. lowdb's own adapter leaves out
 * both syncs, and writes the file readable for everybody, which a file of sealed secrets should not be.
 */
export function durableJsonFile<T>(file: string): Adapter<T> {
  const temporary = join(dirname(file), `.${basename(file)}.new`);
  return {
    async read() {
      let text: string;
      try {
        text = await readFile(file, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
      try {
        return JSON.parse(text);
      } catch (cause) {
        throw new UserError(
          'settings-not-json',
          `${file} is not JSON: ${coerceError(cause).message}. Correct it or restore a backup; nothing was overwritten.`,
          { cause },
        );
      }
    },
    async write(data) {
      try {
        const handle = await open(temporary, 'w', 0o600);
        try {
          await handle.writeFile(`${JSON.stringify(data, null, 2)}\n`);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(temporary, file);
        const folder = await open(dirname(file), 'r');
        await folder.sync().finally(() => folder.close());
      } catch (cause) {
        throw new OperationalError(
          'settings-not-written',
          `The settings could not be written to ${file}: ${coerceError(cause).message}. The former settings stay in force.`,
          { cause },
        );
      }
    },
  };
}
