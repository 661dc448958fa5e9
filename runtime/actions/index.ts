import type { ExecutorTable } from '../engine/ports.ts';
import { answerSender } from './auto-response.ts';
import { callService } from './data-action.ts';
import { decide } from './decision.ts';
import { disconnect } from './disconnect.ts';
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
  disconnect,
  'transfer-to-queue': transferToQueue,
};
