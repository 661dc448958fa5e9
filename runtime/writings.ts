import { createAcceptWriting } from './intake/accept-writing.ts';
import { createSettleWriting } from './intake/settle-writing.ts';
import { createAnswerRows } from './outbound/answer-rows.ts';
import type { Sign } from './outbound/bounce-token.ts';
import type { GuardDeps } from './outbound/guard.ts';
import { createOutboxWritings } from './outbound/outbox-rows.ts';
import { createReportRows } from './outbound/report-rows.ts';
import { createTrafficRows } from './traffic/traffic-rows.ts';

/** What is written for every mail. */
export function createWritings(deps: GuardDeps & { settings: { sign: Sign } }) {
  const traffic = createTrafficRows();
  return {
    writings: {
      accept: createAcceptWriting(),
      settle: createSettleWriting({
        answers: createAnswerRows(deps),
        reports: createReportRows(deps.settings),
        traffic,
      }),
      ...createOutboxWritings(),
    },
    beforeCommit: traffic.flush,
  };
}
