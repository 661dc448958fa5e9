import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openStore } from '../../runtime/store/store.ts';
import { coerceError } from '../../schemas/errors.ts';

// node full-disk-child.ts <folder>: fills the small file system of that folder, clears it, and prints what the store did.
const folder = process.argv[2] ?? '';
const store = await openStore(join(folder, 'sluice.db'));
const ballast = join(folder, 'ballast');
writeFileSync(ballast, Buffer.alloc(2_000_000));

const put = (mailbox: string) =>
  store.commit((tx) =>
    tx
      .insertInto('cursors')
      .values({ mailbox, folder: '', value: 'x'.repeat(100_000) })
      .execute(),
  );

const committed: string[] = [];
let failure: Error | null = null;
for (let n = 0; failure === null; n += 1) {
  try {
    await put(`m${n}`);
    committed.push(`m${n}`);
  } catch (error) {
    failure = coerceError(error);
  }
}
rmSync(ballast);
await put('again');

const rows = await store.read.selectFrom('cursors').select('mailbox').execute();
const stored = new Set(rows.map((row) => row.mailbox));
const check = await sql<{ quick_check: string }>`pragma quick_check`.execute(store.write);
console.log(
  JSON.stringify({
    code: 'code' in failure ? failure.code : failure.message,
    name: failure.name,
    lost: committed.filter((mailbox) => !stored.has(mailbox)).length,
    again: stored.has('again'),
    check: check.rows[0]?.quick_check,
  }),
);
await store.close();
