import { putBack } from './answering/put-back.ts';
import { createAcceptWriting } from './intake/accept-writing.ts';
import { createSettleWriting } from './intake/settle-writing.ts';
import { type AnswerRowsDeps, createAnswerRows } from './outbound/answer-rows.ts';
import { createOutboxWritings, type OnUndelivered } from './outbound/outbox-rows.ts';
import { createReportRows } from './outbound/report-rows.ts';
import { createTrafficRows } from './traffic/traffic-rows.ts';

/** What is written for every mail. */
export function createWritings(deps: AnswerRowsDeps) {
  const traffic = createTrafficRows();
  const onUndelivered: OnUndelivered = (tx, ids) => putBack(tx, ids, deps.clock.now());
  return {
    writings: {
      accept: createAcceptWriting(),
      settle: createSettleWriting({
        answers: createAnswerRows(deps),
        reports: createReportRows(deps.settings, onUndelivered),
        traffic,
      }),
      ...createOutboxWritings(onUndelivered),
    },
    beforeCommit: traffic.flush,
  };
}
