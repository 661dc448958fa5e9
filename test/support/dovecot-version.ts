import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { dovecot23 } from './dovecot-23.ts';
import { dovecot24 } from './dovecot-24.ts';
import type { DovecotConfigInput } from './dovecot-config.ts';

/** One version's language: the files of a whole configuration, by name, reading nothing from /etc. `dovecot.conf` is always among them. */
type DovecotLanguage = (input: DovecotConfigInput) => Record<string, string>;

const languages: readonly { versions: string; language: DovecotLanguage }[] = [
  { versions: '2.3.', language: dovecot23 },
  { versions: '2.4.', language: dovecot24 },
];

/** Where to look for the server: Debian keeps it where only root's own PATH leads. */
export const withServersPath = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` };

/** The language of the Dovecot that is installed. Throws where there is none, or none whose language is known. */
export async function installedLanguage(): Promise<DovecotLanguage> {
  const version = await installedVersion();
  const known = languages.find(({ versions }) => version.startsWith(versions));
  if (known) return known.language;
  throw new Error(`The test server is configured for Dovecot 2.3 and 2.4, and ${version} is installed.`);
}

async function installedVersion(): Promise<string> {
  try {
    return (await promisify(execFile)('dovecot', ['--version'], { env: withServersPath })).stdout.trim();
  } catch (cause) {
    throw new Error('Dovecot is not installed: run test/support/install.sh.', { cause });
  }
}
