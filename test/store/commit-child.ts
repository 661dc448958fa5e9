import { writeSync } from 'node:fs';
import { openStore } from '../../runtime/store/store.ts';

// node commit-child.ts <file>: commits pairs of rows for ever from eight sides, and prints each key once its commit resolved.
const store = await openStore(process.argv[2] ?? '');
let next = 0;

async function side(): Promise<void> {
  for (;;) {
    next += 1;
    const key = `${process.pid}-${next}`;
    await store.commit(async (tx) => {
      await tx.insertInto('cursors').values({ mailbox: key, folder: 'one', value: '' }).execute();
      await tx.insertInto('cursors').values({ mailbox: key, folder: 'two', value: '' }).execute();
    });
    writeSync(1, `${key}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, side));
