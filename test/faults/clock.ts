import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The server's wall clock, which can be wrong; also across a restart. */
export interface Clock {
  /** What the server's process needs for it. */
  readonly env: Readonly<Record<string, string>>;
  /** Wrong by so many milliseconds from now on. */
  shift(ms: number): Promise<void>;
}

export async function createClock(folder: string): Promise<Clock> {
  const file = join(folder, 'clock');
  const shift = (ms: number) => writeFile(file, String(ms));
  await shift(0);
  const child = pathToFileURL(join(import.meta.dirname, 'clock-child.ts')).href;
  return { env: { NODE_OPTIONS: `--import=${child}`, SLUICE_TEST_CLOCK: file }, shift };
}
