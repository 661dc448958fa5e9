import { OperationalError } from '../schemas/errors.ts';

/**
 * Does what reads and writes in a folder that a person chose. What the system or SQLite refuse there would name a call and a code, and not what to do.
 *
 * @param variable the part of the environment that names another folder.
 * @throws OperationalError `folder-unusable`; errors that already say it in words as they are.
 */
export async function workInFolder<T>(folder: string, variable: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof Error && ('syscall' in thrown || 'errcode' in thrown))) throw thrown;
    throw new OperationalError(
      'folder-unusable',
      `${folder} cannot be used (${thrown.message}). It must be a folder that the account which runs Sluice may read and write, all files in it too; or name another with ${variable}.`,
      { cause: thrown },
    );
  }
}
