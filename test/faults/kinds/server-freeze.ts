import { freeze } from './freeze.ts';
import type { FaultKind } from './kind.ts';

export const serverFreeze: FaultKind = {
  name: 'server-freeze',
  target: 'server',
  strike: ({ server }, random) => freeze(server, random),
};
