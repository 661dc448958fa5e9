import type { ExecutorTable } from '../engine/ports.ts';
import { answerSender } from './auto-response.ts';
import { callFlow } from './call-flow.ts';
import { callTask } from './call-task.ts';
import { callService } from './data-action.ts';
import { decide } from './decision.ts';
import { disconnect } from './disconnect.ts';
import { exitLoop } from './exit-loop.ts';
import { goRound } from './loop.ts';
import { endRound } from './next-loop.ts';
import { returnToCaller } from './return.ts';
import { setPriority } from './set-priority.ts';
import { chooseCase } from './switch.ts';
import { transferToQueue } from './transfer-to-queue.ts';
import { updateData } from './update-data.ts';

/** The executors, one line for each action type of schemas/actions/index.ts. */
export const executors: ExecutorTable = {
  decision: decide,
  switch: chooseCase,
  'set-priority': setPriority,
  'update-data': updateData,
  'data-action': callService,
  'auto-response': answerSender,
  loop: goRound,
  'next-loop': endRound,
  'exit-loop': exitLoop,
  'call-task': callTask,
  'call-flow': callFlow,
  return: returnToCaller,
  disconnect,
  'transfer-to-queue': transferToQueue,
};
