import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkFlow } from '../../schemas/check-flow.ts';
import { coerceError, UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Issue } from '../../schemas/issue.ts';
import { openSettings } from '../settings/settings.ts';
import type { CommandIo } from './command.ts';

/** A flow file with everything that is wrong with it; `flow` is null where the shape is wrong. */
export async function readFlow(
  file: string,
  known: { queues?: readonly string[] },
  io: CommandIo,
): Promise<{ flow: Flow | null; issues: Issue[] }> {
  const text = await readText(file, io);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const message = `This is not JSON: ${coerceError(error).message}.`;
    return { flow: null, issues: [{ code: 'not-json', severity: 'error', path: '', message }] };
  }
  return checkFlow(document, known);
}

async function readText(file: string, io: CommandIo): Promise<string> {
  try {
    return await readFile(resolve(io.cwd, file), 'utf8');
  } catch (cause) {
    throw new UserError('file-unreadable', `${file} cannot be read: ${coerceError(cause).message}`, { cause });
  }
}

/** The queues of the installation whose data folder is here; undefined where there is none, so that nothing can be known. */
export async function knownQueues(io: CommandIo): Promise<string[] | undefined> {
  const folder = resolve(io.cwd, io.env.SLUICE_DATA ?? 'data');
  const file = await stat(join(folder, 'settings.json')).catch(() => null);
  if (file === null) return undefined;
  const settings = await openSettings(folder, { secretKey: io.env.SLUICE_SECRET_KEY });
  return settings.read().queues.map((queue) => queue.id);
}
