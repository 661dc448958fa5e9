// The entry of `npm start`: starts the server so that loading it leaves as little memory behind as possible.
import { setFlagsFromString } from 'node:v8';
import { keepHeapsSmall, sweepHeap, takeCodeFromCache } from './frugal.js';

takeCodeFromCache();
keepHeapsSmall();

// The heap's room for new objects grows with how many survive, and hardly ever shrinks again. Loading makes very many; serving does not.
setFlagsFromString('--semi-space-growth-factor=1');
try {
  const { startServer } = await import('./serve.ts');
  await startServer(process.env);
} catch (error) {
  process.stderr.write(`Sluice did not start: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
setFlagsFromString('--semi-space-growth-factor=4');
sweepHeap();
