import type { Migration } from 'kysely/migration';
import { firstTables } from './0001-first-tables.ts';
import { traffic } from './0002-traffic.ts';
import { shortened } from './0003-shortened.ts';
import { routesOfInteractions } from './0004-routes-of-interactions.ts';
import { challenges } from './0005-challenges.ts';
import { authorisations } from './0006-authorisations.ts';
import { copiesUncounted } from './0007-copies.ts';
import { mailboxTruth } from './0008-mailbox-truth.ts';
import { outboundMailboxes } from './0009-outbound-mailboxes.ts';
import { byHand } from './0010-by-hand.ts';
import { waysToInteractions } from './0011-ways-to-interactions.ts';
import { conversations } from './0012-conversations.ts';
import { audit } from './0013-audit.ts';
import { signIn } from './0014-sign-in.ts';
import { replies } from './0015-replies.ts';
import { finding } from './0016-finding.ts';
import { retention } from './0017-retention.ts';
import { replyFiles } from './0018-reply-files.ts';
import type { ColumnTypes } from './column-types.ts';

/** Every migration under the name by which databases remember that they had it: a name is never changed, an entry never removed. */
export function migrations(types: ColumnTypes): Record<string, Migration> {
  return {
    '0001-first-tables': firstTables(types),
    '0002-traffic': traffic(),
    '0003-shortened': shortened(),
    '0004-routes-of-interactions': routesOfInteractions(),
    '0005-challenges': challenges(),
    '0006-authorisations': authorisations(),
    '0007-copies': copiesUncounted(),
    '0008-mailbox-truth': mailboxTruth(),
    '0009-outbound-mailboxes': outboundMailboxes(),
    '0010-by-hand': byHand(),
    '0011-ways-to-interactions': waysToInteractions(),
    '0012-conversations': conversations(),
    '0013-audit': audit(),
    '0014-sign-in': signIn(),
    '0015-replies': replies(),
    '0016-finding': finding(),
    '0017-retention': retention(),
    '0018-reply-files': replyFiles(types),
  };
}
