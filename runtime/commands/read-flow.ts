import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkFlow } from '../../schemas/check-flow.ts';
import type { Known } from '../../schemas/checks/check.ts';
import { coerceError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Issue } from '../../schemas/issue.ts';
import type { Settings } from '../../schemas/settings.ts';
import { openSettings } from '../settings/settings.ts';
import type { CommandIo } from './command.ts';
import { readNamedFile } from './read-file.ts';

/** A flow file with everything that is wrong with it; `flow` is null where the shape is wrong. Throws UserError `file-unreadable`. */
export async function readFlow(
  file: string,
  known: Known,
  io: CommandIo,
): Promise<{ flow: Flow | null; issues: Issue[] }> {
  const bytes = await readNamedFile(file, io);
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    return { flow: null, issues: [problem('not-json', `This is not JSON: ${coerceError(error).message}.`)] };
  }
  return checkFlow(document, known);
}

/** An issue with the file as a whole. */
export function problem(code: string, message: string): Issue {
  return { code, severity: 'error', path: '', message };
}

/** The settings of the installation whose data folder is here; undefined where there is none, so that nothing can be known. */
export async function knownSettings(io: CommandIo): Promise<Settings | undefined> {
  const folder = resolve(io.cwd, io.env.SLUICE_DATA ?? 'data');
  const file = await stat(join(folder, 'settings.json')).catch(() => null);
  if (file === null) return undefined;
  return (await openSettings(folder, { secretKey: io.env.SLUICE_SECRET_KEY })).read();
}
