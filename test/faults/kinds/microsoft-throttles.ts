import { throttled, unavailable } from '../../support/graph/graph-answer.ts';
import { between } from '../random.ts';
import type { FaultKind } from './kind.ts';

/** Answers are refused for now, or the connection breaks in the middle of one. */
export const microsoftThrottles: FaultKind = {
  name: 'microsoft-throttles',
  target: 'microsoft',
  async strike({ microsoft: { graph, ews } }, random) {
    let left = between(random, 2, 5);
    const answers = left;
    graph.intercept = () => {
      if (left === 0) return undefined;
      left -= 1;
      return ['drop' as const, throttled(1), unavailable()][between(random, 0, 2)];
    };
    ews.throttle(answers, 100, random() < 0.5 ? 'fault' : 'message');
    return `the next ${answers} requests are cut off, throttled (429) or refused (503)`;
  },
};
