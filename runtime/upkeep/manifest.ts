import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Type from 'typebox';
import { UserError } from '../../schemas/errors.ts';
import { createValidator } from '../../schemas/validate.ts';

/** What a backup says of itself; whoever finds the folder in five years knows what it is. */
const manifestSchema = Type.Object({
  format: Type.Literal('sluice-backup-1'),
  /** Of the Sluice that made it. */
  version: Type.String(),
  madeAt: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z$' }),
  mails: Type.Integer({ minimum: 0 }),
  interactions: Type.Integer({ minimum: 0 }),
  files: Type.Array(
    // Only names below the folder: what a backup says is not to be believed.
    Type.Object({
      name: Type.String({ pattern: '^(?!.*(^|/)\\.\\.?(/|$))[^/\\\\]+(/[^/\\\\]+)*$', maxLength: 500 }),
      bytes: Type.Integer({ minimum: 0 }),
      sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    }),
    { minItems: 1, maxItems: 100_000 },
  ),
});

export type Manifest = Type.Static<typeof manifestSchema>;

export const manifestName = 'sluice-backup.json';
const validate = createValidator(manifestSchema);

/** @throws UserError `no-backup`. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => null);
  if (text === null) {
    throw new UserError('no-backup', `${folder} is no backup of Sluice: it has no ${manifestName}.`);
  }
  const result = validate(parsed(text));
  if (result.ok) return result.value;
  const list = result.issues.map(({ path, message }) => `${path || '/'}: ${message}`).join('; ');
  throw new UserError('no-backup', `${join(folder, manifestName)} is not as this version writes it: ${list}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Every file below the folder with its size and hash, in a fixed order. */
export async function describeFiles(folder: string): Promise<Manifest['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .filter((name) => name !== manifestName)
    .sort();
  return await Promise.all(names.map((name) => describeFile(folder, name)));
}

async function describeFile(folder: string, name: string): Promise<Manifest['files'][number]> {
  const file = join(folder, name);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return { name, bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

/** What differs between the folder and its manifest, in words. */
export async function differencesOf(folder: string, { files }: Manifest): Promise<string[]> {
  const there = new Map((await describeFiles(folder)).map((file) => [file.name, file]));
  return files.flatMap(({ name, bytes, sha256 }) => {
    const found = there.get(name);
    if (found === undefined) return [`${name} is missing`];
    if (found.bytes !== bytes) return [`${name} has ${found.bytes} bytes instead of ${bytes}`];
    return found.sha256 === sha256 ? [] : [`${name} was changed`];
  });
}
