import { checkFlow } from '../../schemas/check-flow.ts';
import type { CheckAnswer, CheckRequest } from './flow-checker.ts';

/** The same checks as the runtime's, in a thread of their own: a flow of a thousand actions never holds up a keystroke. */
self.onmessage = ({ data: { id, flow, known } }: MessageEvent<CheckRequest>) => {
  const answer: CheckAnswer = { id, issues: checkFlow(flow, known).issues };
  self.postMessage(answer);
};
