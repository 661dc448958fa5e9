// The entry of `npm start`: starts the server so that loading it leaves as little memory behind as possible. Plain JavaScript, because
// reading a single TypeScript file loads a WebAssembly compiler of some 15 MB, which stays; code from the cache needs it for no file.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// Cached code is code that will run: it lies beside the packages, where only whoever installed them may write.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/sluice', import.meta.url)));

// The heap's room for new objects grows with how many survive, and hardly ever shrinks again. Loading makes very many; serving does not.
setFlagsFromString('--semi-space-growth-factor=1');
try {
  const { startServer } = await import('./serve.ts');
  await startServer(process.env);
} catch (error) {
  process.stderr.write(`Sluice did not start: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
setFlagsFromString('--semi-space-growth-factor=2');
