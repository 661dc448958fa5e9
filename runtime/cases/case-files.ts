import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Case, caseSchema } from '../../schemas/case.ts';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import { createValidator } from '../../schemas/validate.ts';

/** A repository holds many cases for years; a mail beyond this belongs elsewhere. */
export const maxMailBytes = 5_242_880;
const maxCaseBytes = 4_194_304;

const caseEnding = '.case.json';
const mailEnding = '.eml';

const validateCase = createValidator(caseSchema);

/** A case as its files say. `case` is null where `problem` says why it cannot be run. */
export interface StoredCase {
  name: string;
  case: Case | null;
  problem: string;
  /** Changes with every change of the case file. */
  revision: string;
}

/** Paths relative to the flows folder. */
export function caseFolder(flow: string): string {
  return `${flow}.cases`;
}

export function caseFile(name: string): string {
  return `${name}${caseEnding}`;
}

export function mailFile(name: string): string {
  return `${name}${mailEnding}`;
}

/**
 * Every case of a flow by name, wrong ones too; a mail without its case is a wrong one. Empty if there is no folder.
 *
 * @throws OperationalError `cases-unreadable`: cases that nobody could read must not pass for none.
 */
export async function readCases(folder: string): Promise<StoredCase[]> {
  const files = new Set(await filesIn(folder));
  const names = new Set<string>();
  for (const file of files) {
    if (file.startsWith('.')) continue;
    if (file.endsWith(caseEnding)) names.add(file.slice(0, -caseEnding.length));
    else if (file.endsWith(mailEnding)) names.add(file.slice(0, -mailEnding.length));
  }
  const cases: StoredCase[] = [];
  for (const name of [...names].sort()) {
    if (!files.has(caseFile(name))) {
      // Somebody put a mail there and believes that it is tested.
      const problem = `There is no ${caseFile(name)} that says what must happen to this mail.`;
      cases.push({ name, case: null, problem, revision: '' });
    } else if (!files.has(mailFile(name))) {
      cases.push({
        ...(await readCase(folder, name)),
        case: null,
        problem: `${mailFile(name)} is missing: no such file.`,
      });
    } else {
      cases.push(await readCase(folder, name));
    }
  }
  return cases;
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if (isNoSuchFile(thrown)) return [];
    const words = `The cases in ${folder} could not be read (${coerceError(thrown).message}). Check that it is a folder, and its permissions.`;
    throw new OperationalError('cases-unreadable', words, { cause: thrown });
  }
}

export function isNoSuchFile(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

/** One case; its problem says so where there is no such file. */
async function readCase(folder: string, name: string): Promise<StoredCase> {
  let bytes: Uint8Array;
  try {
    bytes = await readUpTo(join(folder, caseFile(name)), maxCaseBytes);
  } catch (thrown) {
    const problem = `${caseFile(name)} could not be read: ${coerceError(thrown).message}.`;
    return { name, case: null, problem, revision: '' };
  }
  return { name, revision: revisionOf(bytes), ...parseCase(new TextDecoder().decode(bytes), name) };
}

function parseCase(text: string, name: string): Pick<StoredCase, 'case' | 'problem'> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (thrown) {
    return { case: null, problem: `${caseFile(name)} is not JSON: ${coerceError(thrown).message}.` };
  }
  const checked = validateCase(document);
  if (checked.ok) return { case: checked.value, problem: '' };
  const list = checked.issues.map((issue) => `at ${issue.path || '/'}: ${issue.message}`);
  return { case: null, problem: `${caseFile(name)} ${list.join(' ')}` };
}

/** The mail of a case. Throws UserError `case-mail-unreadable` (422). */
export async function readCaseMail(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readUpTo(join(folder, mailFile(name)), maxMailBytes);
  } catch (thrown) {
    const words = `${mailFile(name)} could not be read: ${coerceError(thrown).message}.`;
    throw new UserError('case-mail-unreadable', words, { status: 422, cause: thrown });
  }
}

/** Links are not followed: a repository must not be able to show files of this machine. */
async function readUpTo(path: string, limit: number): Promise<Uint8Array> {
  await using handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  const { size } = await handle.stat();
  if (size > limit) throw new Error(`it has ${size} bytes, and ${limit} are allowed`);
  return await handle.readFile();
}

/** As git shows it best: a fixed order of keys, and a line end at the end. */
export function caseText(document: Case): string {
  const { $schema = '../../schemas/json/case.schema.json', description, expect, ...situation } = document;
  const { now, mailbox, route, envelope, answers } = situation;
  return `${JSON.stringify({ $schema, description, expect, now, mailbox, route, envelope, answers }, null, 2)}\n`;
}

function revisionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
