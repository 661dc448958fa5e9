import type { Settings } from '../schemas/settings.ts';
import { createAcceptWriting } from './intake/accept-writing.ts';
import { createSettleWriting } from './intake/settle-writing.ts';
import { createAnswerRows } from './outbound/answer-rows.ts';
import { createOutboxWritings } from './outbound/outbox-rows.ts';
import { createTrafficRows } from './traffic/traffic-rows.ts';

/** What is written for every mail. */
export function createWritings(deps: { settings: { read(): Settings }; clock: { now(): number } }) {
  const traffic = createTrafficRows();
  return {
    writings: {
      accept: createAcceptWriting(),
      settle: createSettleWriting({ answers: createAnswerRows(deps), traffic }),
      ...createOutboxWritings(),
    },
    beforeCommit: traffic.flush,
  };
}
