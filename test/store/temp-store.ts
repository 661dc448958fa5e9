import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../../runtime/store/store.ts';

/** A path for a database in a folder of its own, removed after the test. */
export function tempDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'sluice.db');
}

export async function openTempStore(file = tempDatabase()): Promise<Store> {
  const store = await openStore(file);
  onTestFinished(() => store.close());
  return store;
}
