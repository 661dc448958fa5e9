import type Type from 'typebox';
import { autoResponse } from './auto-response.ts';
import { callFlow } from './call-flow.ts';
import { callTask } from './call-task.ts';
import { dataAction } from './data-action.ts';
import { decision } from './decision.ts';
import { disconnect } from './disconnect.ts';
import { exitLoop } from './exit-loop.ts';
import { loop } from './loop.ts';
import { nextLoop } from './next-loop.ts';
import { returnAction } from './return.ts';
import { setPriority } from './set-priority.ts';
import { switchAction } from './switch.ts';
import { transferToQueue } from './transfer-to-queue.ts';
import { updateData } from './update-data.ts';

/**
 * The table of action types: one line each. Executors (runtime/actions) and cards (designer/actions) are mapped types
 * over its keys, so an action type with a missing half does not compile.
 */
export const actionTypes = {
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
} as const;

export type ActionType = keyof typeof actionTypes;
export type SettingsOf<T extends ActionType> = Type.Static<(typeof actionTypes)[T]['settings']>;

/** The outcomes whose names the schema fixes; `string` where the settings name them. */
export type OutcomeOf<T extends ActionType> = (typeof actionTypes)[T]['outcomes'] extends readonly (infer O extends
  string)[]
  ? O
  : string;

type ActionOf<T extends ActionType> = {
  [K in T]: { type: K; name: string; settings: SettingsOf<K>; next?: Record<string, string>; note?: string };
}[T];

export type Action = ActionOf<ActionType>;

export function isActionType(value: string): value is ActionType {
  return Object.hasOwn(actionTypes, value);
}

type OutcomesTable = {
  readonly [T in ActionType]: {
    readonly outcomes: readonly string[] | ((settings: SettingsOf<T>) => readonly string[]);
  };
};
const outcomesTable: OutcomesTable = actionTypes;

/** The outcomes of an action as it is set up, in the order in which they are drawn; empty where nothing follows. */
export function outcomesOf<T extends ActionType>(action: { type: T; settings: SettingsOf<T> }): readonly string[] {
  const { outcomes } = outcomesTable[action.type];
  return typeof outcomes === 'function' ? outcomes(action.settings) : outcomes;
}

/** True for the action types that nothing follows: they end the run, the task or the round of a loop. */
export function isEnding(type: ActionType): boolean {
  const { outcomes } = actionTypes[type];
  return typeof outcomes !== 'function' && outcomes.length === 0;
}
