import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { coerceError, OperationalError } from '../../schemas/errors.ts';
import type { Issue } from '../../schemas/issue.ts';
import { writeFileDurably } from './durable-file.ts';
import { maxDocumentBytes, readJson } from './read-json.ts';

const suffix = '.flow.json';

/** What stands in a file. `text` is null where it was not read, and `problem` then says why. */
export interface FlowFile {
  /** File name within the folder. */
  name: string;
  /** The name before `.flow.json`. */
  id: string;
  text: string | null;
  problem: string;
}

export function flowFileName(id: string): string {
  return `${id}${suffix}`;
}

/** Flow files of the folder by name; null if there is no such folder. */
export async function readFlowFiles(folder: string): Promise<FlowFile[] | null> {
  const names = await readdir(folder).catch((thrown) => {
    if (isMissing(thrown)) return null;
    throw unreadable(folder, thrown);
  });
  if (names === null) return null;
  const files: FlowFile[] = [];
  for (const name of names.filter((entry) => entry.endsWith(suffix)).toSorted()) {
    const file = await readFlowFile(folder, name.slice(0, -suffix.length));
    if (file !== null) files.push(file);
  }
  return files;
}

/** One flow's file; null if there is none. */
export async function readFlowFile(folder: string, id: string): Promise<FlowFile | null> {
  const name = flowFileName(id);
  const refused = (problem: string): FlowFile => ({ name, id, text: null, problem });
  try {
    await using handle = await open(join(folder, name), 'r');
    const { size } = await handle.stat();
    if (size > maxDocumentBytes) return refused(`${name} has ${size} bytes; a flow may have ${maxDocumentBytes}.`);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await handle.readFile());
    return { name, id, text, problem: '' };
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    if (thrown instanceof TypeError) return refused(`${name} is not UTF-8 text. Save it as UTF-8.`);
    return refused(`${name} could not be read: ${coerceError(thrown).message}.`);
  }
}

/** What the file says, or what keeps it from saying anything. */
export function documentOf({ name, text, problem }: FlowFile): { document: unknown; issues: Issue[] } {
  if (text !== null) return readJson(text.replace(/^\ufeff/, ''), name);
  return { document: null, issues: [{ code: 'file-unreadable', severity: 'error', path: '', message: problem }] };
}

/** Writes the file so that at any moment, a power cut included, it holds either the old text or the new. */
export async function writeFlowFile(folder: string, id: string, text: string): Promise<void> {
  try {
    await writeFileDurably(folder, flowFileName(id), text);
  } catch (thrown) {
    throw new OperationalError(
      'flow-not-written',
      `${flowFileName(id)} could not be written (${coerceError(thrown).message}). Nothing was published. Check space and permissions of the flows folder.`,
      { cause: thrown },
    );
  }
}

export async function removeFlowFile(folder: string, id: string): Promise<void> {
  await rm(join(folder, flowFileName(id)), { force: true });
}

/** A folder that is a file has no files either; whoever then writes into it gets the error. */
function isMissing(thrown: unknown): boolean {
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, 'code') : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function unreadable(folder: string, thrown: unknown): OperationalError {
  return new OperationalError(
    'flows-unreadable',
    `The flows folder ${folder} could not be read (${coerceError(thrown).message}). Check SLUICE_FLOWS and its permissions.`,
    { cause: thrown },
  );
}
