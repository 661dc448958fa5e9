import type { Action } from '../../schemas/actions/index.ts';
import type { Email } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Run, Step } from '../../schemas/run.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { dispatch } from './dispatch.ts';
import type { EnginePorts, StepResult } from './ports.ts';
import { toRunError } from './run-error.ts';
import type { RunContext } from './run-state.ts';
import { RunState } from './run-state.ts';

/** Stops a flow that goes round and round: a mail passes a few dozen actions, never thousands. */
const defaultMaxSteps = 10_000;

/**
 * Takes one email through one flow. Always resolves with exactly one ending: whatever fails on the way, in a task or a module too, is
 * recorded in its step and in `error`, and the flow's own fallback takes the mail. The same email, context and answers of the ports give
 * the same run.
 */
export async function runFlow(
  flow: Flow,
  email: Email,
  context: RunContext,
  ports: EnginePorts,
  { maxSteps = defaultMaxSteps }: { maxSteps?: number } = {},
): Promise<Run> {
  const state = new RunState(flow, email, context, ports);
  try {
    state.begin();
    let actionId = flow.entry;
    while (state.ending === null) {
      if (state.steps.length >= maxSteps) {
        throw new UserError(
          'too-many-steps',
          `The run took ${maxSteps} steps without an ending; the flow goes in a circle.`,
        );
      }
      const action = actionOf(state.sheet, actionId);
      const step = state.openStep(actionId, action);
      const decided = dispatch(ports.executors, action, state.executorContext(actionId));
      // Most executors answer at once: awaiting them all the same would cost a turn of the event loop per step.
      actionId = goOn(state, action, step, decided instanceof Promise ? await decided : decided);
    }
    state.closeStep();
  } catch (thrown) {
    state.fail(toRunError(thrown));
  }
  return state.toRun();
}

/** Applies what the executor decided; the id of the action that follows on the sheet that is then open, empty after an ending. */
function goOn(state: RunState, action: Action, step: Step, result: StepResult): string {
  if (result.detail !== undefined) step.detail = result.detail;
  if ('outcome' in result) {
    state.apply(step, result);
    return nextAction(action, step);
  }
  if ('ending' in result) {
    state.end(step, result);
    return '';
  }
  if ('call' in result) return state.call(action, step, result.call);
  if (result.leave !== 'sheet') return state.backToLoop(result.leave);
  const caller = state.returnToCaller();
  return nextAction(caller.action, caller.step);
}

function actionOf(sheet: Sheet, id: string): Action {
  const action = Object.hasOwn(sheet.actions, id) ? sheet.actions[id] : undefined;
  if (action === undefined) {
    throw new UserError('missing-action', id === '' ? 'The flow has no entry.' : `The flow has no action "${id}".`);
  }
  return action;
}

function nextAction(action: Action, { outcome }: Step): string {
  const { next } = action;
  const id = outcome !== null && next !== undefined && Object.hasOwn(next, outcome) ? next[outcome] : undefined;
  if (id === undefined) throw new UserError('outcome-leads-nowhere', `Its outcome "${outcome}" leads nowhere.`);
  return id;
}
