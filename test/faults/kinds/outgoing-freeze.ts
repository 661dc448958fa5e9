import { freeze } from './freeze.ts';
import type { FaultKind } from './kind.ts';

export const outgoingFreeze: FaultKind = {
  name: 'outgoing-freeze',
  target: 'outgoing',
  strike: ({ outgoing }, random) => freeze(outgoing, random),
};
