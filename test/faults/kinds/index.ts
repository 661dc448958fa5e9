import { clockJump } from './clock-jump.ts';
import { cutAfterDotIn } from './cut-after-dot-in.ts';
import { cutAfterDotOut } from './cut-after-dot-out.ts';
import { cutDataIn } from './cut-data-in.ts';
import { cutDataOut } from './cut-data-out.ts';
import { cutFetch } from './cut-fetch.ts';
import { databaseErrors } from './database-errors.ts';
import { diskFull } from './disk-full.ts';
import { dovecotFreeze } from './dovecot-freeze.ts';
import { dovecotKill } from './dovecot-kill.ts';
import { duplicateDelivery } from './duplicate-delivery.ts';
import type { FaultKind } from './kind.ts';
import { microsoftAway } from './microsoft-away.ts';
import { microsoftThrottles } from './microsoft-throttles.ts';
import { outgoingFreeze } from './outgoing-freeze.ts';
import { outgoingKill } from './outgoing-kill.ts';
import { outgoingRefuses } from './outgoing-refuses.ts';
import { poison } from './poison.ts';
import { serverFreeze } from './server-freeze.ts';
import { serverKill } from './server-kill.ts';
import { serverStop } from './server-stop.ts';
import { serviceTrouble } from './service-trouble.ts';
import { syncForgotten } from './sync-forgotten.ts';
import { uidvalidity } from './uidvalidity.ts';

/** Every kind of fault that the bench knows. */
export const faultKinds: readonly FaultKind[] = [
  serverKill,
  serverStop,
  serverFreeze,
  databaseErrors,
  diskFull,
  clockJump,
  dovecotKill,
  dovecotFreeze,
  uidvalidity,
  cutFetch,
  cutDataIn,
  cutAfterDotIn,
  microsoftAway,
  microsoftThrottles,
  syncForgotten,
  duplicateDelivery,
  poison,
  serviceTrouble,
  outgoingKill,
  outgoingFreeze,
  outgoingRefuses,
  cutDataOut,
  cutAfterDotOut,
];
