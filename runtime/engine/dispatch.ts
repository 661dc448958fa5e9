import type { ActionType, OutcomeOf, SettingsOf } from '../../schemas/actions/index.ts';
import type { ExecutorContext, ExecutorTable, StepResult } from './ports.ts';

/** Runs an action by its own executor. Generic, so that settings and executor are of the same action type without a cast. */
export function dispatch<T extends ActionType>(
  executors: ExecutorTable,
  action: { type: T; settings: SettingsOf<T> },
  context: ExecutorContext,
): StepResult<OutcomeOf<T>> | Promise<StepResult<OutcomeOf<T>>> {
  return executors[action.type](action.settings, context);
}
