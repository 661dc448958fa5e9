// The entry of every worker thread: takes the code of the module that it is to be from the cache. `workerData.entry` is that module's URL.
import { workerData } from 'node:worker_threads';
import { takeCodeFromCache } from './frugal.js';

takeCodeFromCache();
await import(workerData.entry);
