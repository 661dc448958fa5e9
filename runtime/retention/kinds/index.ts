import type { RetentionKind } from '../../../schemas/retention.ts';
import { audit } from './audit.ts';
import { history } from './history.ts';
import type { Kind } from './kind.ts';
import { mails } from './mails.ts';
import { outgoing } from './outgoing.ts';
import { runs } from './runs.ts';
import { sources } from './sources.ts';

export const kinds: Readonly<Record<RetentionKind, Kind>> = { mails, sources, runs, outgoing, audit, history };
