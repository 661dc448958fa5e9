import type { ActionType, SettingsOf } from '../../schemas/actions/index.ts';
import { autoResponse } from './auto-response.tsx';
import { callFlow } from './call-flow.tsx';
import { callTask } from './call-task.tsx';
import type { Card, CardWords } from './card.ts';
import { dataAction } from './data-action.tsx';
import { decision } from './decision.tsx';
import { disconnect } from './disconnect.tsx';
import { exitLoop } from './exit-loop.tsx';
import { loop } from './loop.tsx';
import { nextLoop } from './next-loop.tsx';
import { returnAction } from './return.tsx';
import { setPriority } from './set-priority.tsx';
import { switchAction } from './switch.tsx';
import { transferToQueue } from './transfer-to-queue.tsx';
import { updateData } from './update-data.tsx';

/** One card per action type: an action type without one does not compile. */
export const cards: { readonly [T in ActionType]: Card<T> } = {
  decision,
  switch: switchAction,
  'set-priority': setPriority,
  'update-data': updateData,
  'data-action': dataAction,
  'auto-response': autoResponse,
  loop,
  'next-loop': nextLoop,
  'exit-loop': exitLoop,
  'call-task': callTask,
  'call-flow': callFlow,
  return: returnAction,
  disconnect,
  'transfer-to-queue': transferToQueue,
};

/** The card's one line. Settings out of a hand-written draft can have any shape: the line then says so instead of failing. */
export function summaryOf<T extends ActionType>(
  action: { type: T; settings: SettingsOf<T> },
  words: CardWords,
): string {
  try {
    return cards[action.type].summary(action.settings, words);
  } catch {
    return 'settings are incomplete';
  }
}
