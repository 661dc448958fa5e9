import { openStore } from '../../runtime/store/store.ts';

// node open-child.ts <file> [die]: opens a store, prints the code of the error if it cannot, and ends, by force with "die".
const [file = '', how] = process.argv.slice(2);
try {
  const store = await openStore(file);
  if (how === 'die') process.kill(process.pid, 'SIGKILL');
  await store.close();
} catch (error) {
  console.log(error);
}
