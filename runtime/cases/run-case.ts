import type { Case } from '../../schemas/case.ts';
import type { Email } from '../../schemas/email.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import type { EnginePorts } from '../engine/ports.ts';
import { runFlow } from '../engine/run-flow.ts';
import { caseAnswers } from './case-answers.ts';

/** What a case may leave open: when and where the mail came, and what services answer. */
export type CaseSituation = Omit<Case, '$schema' | 'description' | 'expect'>;

/**
 * One run of a case. Nothing of the machine that it runs on enters: what the case leaves out comes from the mail itself, so that a
 * server and a build machine without settings come to the same.
 */
export function runCase(flow: Flow, situation: CaseSituation, email: Email, engine: EnginePorts): Promise<Run> {
  const address = situation.route?.address ?? email.to[0]?.address ?? '';
  const moment = situation.now === undefined ? engine.clock.now() : Date.parse(situation.now);
  const context = {
    interactionId: 'case',
    receivedAt: situation.now ?? email.date ?? new Date(moment).toISOString(),
    route: situation.route ?? { id: '', address },
    mailbox: situation.mailbox ?? { id: '', name: '', address },
    version: null,
  };
  const clock = { now: () => moment, monotonic: () => engine.clock.monotonic() };
  return runFlow(flow, email, context, { ...engine, clock, http: caseAnswers(situation) });
}
