import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../runtime/store/store.ts';

test('opens and migrates', async () => {
  const store = await openStore(join(mkdtempSync(join(tmpdir(), 'sluice-store-')), 'sluice.db'));
  await store.commit((tx) => tx.insertInto('cursors').values({ mailbox: 'a', folder: '', value: '1' }).execute());
  expect(await store.read.selectFrom('cursors').selectAll().execute()).toEqual([
    { mailbox: 'a', folder: '', value: '1' },
  ]);
  await store.close();
});
