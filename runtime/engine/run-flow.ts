import type { Action } from '../../schemas/actions/index.ts';
import type { Email } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Effect, Ending, Run, RunError, Step } from '../../schemas/run.ts';
import type { Scope } from '../../schemas/scope.ts';
import { dispatch } from './dispatch.ts';
import type { EnginePorts, ExecutorContext, StepResult } from './ports.ts';
import { toRunError } from './run-error.ts';
import type { Variables } from './variables.ts';
import { createVariables } from './variables.ts';

export interface RunContext {
  interactionId: string;
  /** ISO 8601, UTC. */
  receivedAt: string;
  route: { id: string; address: string };
  mailbox: { id: string; name: string; address: string };
  /** Null for a draft. */
  version: number | null;
}

/** Stops a flow that goes round and round: a mail passes a few dozen actions, never thousands. */
const defaultMaxSteps = 10_000;
/** A loop over an auto-response must not become a loop of mails. */
const maxEffects = 20;

/**
 * Takes one email through one flow. Always resolves with exactly one ending: whatever fails on the way is recorded in its step
 * and in `error`, and the flow's fallback takes the mail. The same email, context and answers of the ports give the same run.
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
      const action = actionOf(flow, actionId);
      const step = state.openStep(actionId, action);
      const result = dispatch(ports.executors, action, state.executorContext(actionId));
      // Most executors answer at once: awaiting them all the same would cost a turn of the event loop per step.
      state.apply(step, result instanceof Promise ? await result : result);
      if (state.ending === null) actionId = nextAction(action, step);
    }
    state.closeStep();
  } catch (thrown) {
    state.fail(toRunError(thrown));
  }
  return state.toRun();
}

/** One run on its way. Kept in one object because every step reads and writes all of it. */
class RunState {
  readonly steps: Step[] = [];
  ending: Ending | null = null;
  readonly #flow: Flow;
  readonly #ports: EnginePorts;
  readonly #version: number | null;
  readonly #startedAt: string;
  readonly #startMs: number;
  readonly #scope: Scope;
  readonly #effects: Effect[] = [];
  #variables: Variables | null = null;
  #priority: number | null = null;
  #error: RunError | null = null;
  #open: Step | null = null;

  constructor(flow: Flow, email: Email, context: RunContext, ports: EnginePorts) {
    this.#flow = flow;
    this.#ports = ports;
    this.#version = context.version;
    this.#startedAt = new Date(ports.clock.now()).toISOString();
    this.#startMs = ports.clock.monotonic();
    this.#scope = {
      email,
      interaction: { id: context.interactionId, email, priority: 0, receivedAt: context.receivedAt },
      flow: {},
      route: context.route,
      mailbox: context.mailbox,
      // One moment for the whole run: two conditions on the time never contradict each other.
      system: { now: this.#startedAt },
    };
  }

  begin(): void {
    this.#variables = createVariables(this.#flow);
    this.#scope.flow = this.#variables.values;
  }

  executorContext(actionId: string): ExecutorContext {
    const { expressions, http } = this.#ports;
    return {
      actionId,
      scope: this.#scope,
      expressions,
      http,
      coerce: (variable, value) => this.#requireVariables().coerce(variable, value),
    };
  }

  openStep(actionId: string, action: Action): Step {
    this.closeStep();
    const step: Step = {
      action: actionId,
      type: action.type,
      name: action.name,
      outcome: null,
      atMs: this.#elapsedMs(),
      durationMs: 0,
      detail: {},
    };
    this.steps.push(step);
    this.#open = step;
    return step;
  }

  closeStep(): void {
    if (this.#open === null) return;
    this.#open.durationMs = roundMs(this.#elapsedMs() - this.#open.atMs);
    this.#open = null;
  }

  apply(step: Step, result: StepResult): void {
    if (result.detail !== undefined) step.detail = result.detail;
    if ('ending' in result) {
      const { ending } = result;
      this.ending = { ...ending, action: step.action, priority: ending.priority ?? this.#priority ?? 0 };
      return;
    }
    step.outcome = result.outcome;
    for (const [name, value] of Object.entries(result.variables ?? {})) {
      const variables = this.#requireVariables();
      variables.values[name] = variables.coerce(name, value);
    }
    if (result.priority !== undefined) {
      this.#priority = result.priority;
      this.#scope.interaction.priority = result.priority;
    }
    for (const effect of result.effects ?? []) {
      if (this.#effects.length >= maxEffects) {
        throw new UserError(
          'too-many-effects',
          `The run asked for more than ${maxEffects} auto-responses to one mail.`,
        );
      }
      step.detail = { ...step.detail, effect: this.#effects.length };
      this.#effects.push(effect);
    }
  }

  /** Ends the run by the flow's fallback. */
  fail(error: RunError): void {
    const { queue, priority, skills } = this.#flow.fallback;
    this.closeStep();
    const last = this.steps.at(-1);
    if (last !== undefined) last.error = error;
    this.#error = error;
    this.ending = {
      type: 'transfer-to-queue',
      queue,
      priority: priority ?? this.#priority ?? 0,
      ...(skills === undefined ? {} : { skills }),
      reason: last === undefined ? error.message : `"${last.name}": ${error.message}`,
      fallback: true,
    };
  }

  toRun(): Run {
    if (this.ending === null) throw new Error('A run has an ending before it is read.');
    return {
      flow: this.#flow.id,
      version: this.#version,
      ending: this.ending,
      steps: this.steps,
      effects: this.#effects,
      variables: { ...this.#variables?.values },
      ...(this.#error === null ? {} : { error: this.#error }),
      startedAt: this.#startedAt,
      durationMs: this.#elapsedMs(),
    };
  }

  #requireVariables(): Variables {
    if (this.#variables === null) throw new Error('A run has its variables before its first step.');
    return this.#variables;
  }

  #elapsedMs(): number {
    return roundMs(this.#ports.clock.monotonic() - this.#startMs);
  }
}

function actionOf(flow: Flow, id: string): Action {
  const action = Object.hasOwn(flow.actions, id) ? flow.actions[id] : undefined;
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

/** Microseconds are as fine as anybody reads, and keep the record short. */
function roundMs(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
