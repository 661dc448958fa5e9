// What every process and thread of Sluice does first, to start fast and to stay small. Plain JavaScript, because reading a single TypeScript
// file loads a WebAssembly compiler of some 15 MB, which stays for as long as its thread; code from the cache needs it for no file.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Each thread asks for itself: what one has enabled does not hold for another. */
export function takeCodeFromCache() {
  // Cached code is code that will run: it lies beside the packages, where only whoever installed them may write.
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/sluice', import.meta.url)));
}

/** By itself the heap may grow to four times of what is in use before old objects are looked through; under load that is 100 MB of garbage. */
export function keepHeapsSmall() {
  setFlagsFromString('--heap-growing-percent=40');
}

/** Gives back what loading left behind, some 15 MB: at rest nothing is allocated that would make V8 look for it. Takes about 50 ms. */
export function sweepHeap() {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')({ type: 'major', flavor: 'last-resort' });
}
