import { writeSync } from 'node:fs';
import { openStore } from '../../runtime/store/store.ts';
import { createRooms, mail } from './rooms.ts';

// node crash-child.ts <file> <count>: takes the mails 0 to count, as a source does that begins again after a crash, and runs them.
// A mail with "poison" in its subject ends the process while it is parsed. Prints each number once it was accepted, then "idle".
const [file = '', count = '0'] = process.argv.slice(2);
const store = await openStore(file);
const rooms = createRooms(store, {
  before(text) {
    if (text.includes('poison')) process.kill(process.pid, 'SIGKILL');
  },
});
await rooms.intake.start();
for (let number = 0; number < Number(count); number += 5) {
  const batch = [0, 1, 2, 3, 4].map((offset) => mail(number + offset));
  await rooms.intake.accept(rooms.mailbox, batch, { folder: 'INBOX', value: String(number) });
  for (let offset = 0; offset < 5; offset += 1) writeSync(1, `${number + offset}\n`);
}
await rooms.intake.idle();
writeSync(1, 'idle\n');
await rooms.stop();
await store.close();
