import type { Action } from '../../schemas/actions/index.ts';
import { boundedCopy } from '../../schemas/bounded-copy.ts';
import type { Email } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Effect, Ending, Run, RunError, Step } from '../../schemas/run.ts';
import type { Scope } from '../../schemas/scope.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import type { Frame } from './frame.ts';
import { assignIn, coerceIn, mainFrame, moduleFrame, outputOf, taskFrame } from './frame.ts';
import { arriveAt, currentRound, keepRound, leaveLoop } from './loops.ts';
import type { Call, End, EnginePorts, ExecutorContext, GoOn, PublishedFlow } from './ports.ts';

export interface RunContext {
  interactionId: string;
  /** ISO 8601, UTC. */
  receivedAt: string;
  /** What is left out is empty in the scope. */
  route: Scope['route'];
  mailbox: { id: string; name: string; address: string };
  /** Null for a draft. */
  version: number | null;
}

const silentRoute = { name: '', from: '', fromName: '', replyTo: '', signature: '' };

/** A loop over an auto-response must not become a loop of mails. */
const maxEffects = 20;

/** One run on its way. Kept in one object because every step reads and writes all of it. */
export class RunState {
  readonly steps: Step[] = [];
  ending: Ending | null = null;
  readonly #flow: Flow;
  readonly #ports: EnginePorts;
  readonly #version: number | null;
  readonly #startedAt: string;
  readonly #startMs: number;
  readonly #scope: Scope;
  readonly #effects: Effect[] = [];
  /** One version of a module for the whole run, whatever is published meanwhile. */
  readonly #modules = new Map<string, PublishedFlow | null>();
  #main: Frame | null = null;
  #frame: Frame | null = null;
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
      task: undefined,
      loop: undefined,
      route: { ...silentRoute, ...context.route },
      mailbox: context.mailbox,
      // One moment for the whole run: two conditions on the time never contradict each other.
      system: { now: this.#startedAt },
    };
  }

  /** Throws `wrong-variable-type` where a variable cannot begin as it is declared. */
  begin(): void {
    this.#main = mainFrame(this.#flow);
    this.#enter(this.#main);
  }

  get sheet(): Sheet {
    return this.#requireFrame().sheet;
  }

  executorContext(actionId: string): ExecutorContext {
    const { expressions, http } = this.#ports;
    const frame = this.#requireFrame();
    const running = frame.loops.length === 0 ? null : arriveAt(frame.loops, actionId);
    // Coming back to a loop leaves the loops inside it.
    if (running !== null) this.#scope.loop = currentRound(frame.loops);
    const { task, flow } = frame.place;
    return {
      action: {
        action: actionId,
        ...(task === undefined ? {} : { task }),
        ...(flow === undefined ? {} : { flow }),
      },
      scope: this.#scope,
      expressions,
      http,
      running,
      coerce: (variable, value) => coerceIn(frame, variable, value),
    };
  }

  openStep(actionId: string, action: Action): Step {
    this.closeStep();
    const { place } = this.#requireFrame();
    const step: Step = {
      action: actionId,
      ...place,
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

  apply(step: Step, { outcome, variables, priority, effects, round }: GoOn): void {
    const frame = this.#requireFrame();
    step.outcome = outcome;
    for (const [ref, value] of Object.entries(variables ?? {})) assignIn(frame, ref, value);
    if (priority !== undefined) {
      this.#priority = priority;
      this.#scope.interaction.priority = priority;
    }
    for (const effect of effects ?? []) this.#addEffect(step, effect);
    if (round !== undefined || frame.loops.length > 0) {
      keepRound(frame.loops, step.action, round);
      this.#scope.loop = currentRound(frame.loops);
    }
  }

  end(step: Step, { ending }: End): void {
    this.ending = {
      ...ending,
      action: step.action,
      ...this.#requireFrame().place,
      priority: ending.priority ?? this.#priority ?? 0,
    };
  }

  /** Opens what is called; the id of its first action. Throws `unknown-task`, `unknown-module`, `unknown-input`, `calls-too-deep`. */
  call(action: Action, step: Step, call: Call): string {
    const caller = { frame: this.#requireFrame(), action, step, call };
    const frame =
      call.flow === undefined
        ? taskFrame(call.task ?? '', caller)
        : moduleFrame(call.flow, this.#publishedModule(call.flow), caller);
    this.#enter(frame);
    return frame.sheet.entry;
  }

  /** Goes back to where the open sheet was called from, with its outputs. Throws `nowhere-to-return`, `unknown-output`. */
  returnToCaller(): NonNullable<Frame['caller']> {
    const left = this.#requireFrame();
    const { caller } = left;
    if (caller === null) throw new UserError('nowhere-to-return', 'There is nothing to return to: no task was called.');
    const { call, frame, step } = caller;
    const kept = Object.entries(call.outputs).map(([ref, output]): [string, unknown] => [ref, outputOf(left, output)]);
    this.#enter(frame);
    const shown = kept.map(([ref, value]) => [ref, boundedCopy(assignIn(frame, ref, value))]);
    if (kept.length > 0) step.detail = { ...step.detail, variables: Object.fromEntries(shown) };
    step.outcome = call.outcome;
    return caller;
  }

  /** The action of the innermost running loop. Throws `no-loop`. */
  backToLoop(leave: 'round' | 'loop'): string {
    return leaveLoop(this.#requireFrame().loops, leave);
  }

  /** Ends the run by the flow's fallback. */
  fail(error: RunError): void {
    const { queue, priority, skills } = this.#flow.fallback;
    this.closeStep();
    const last = this.steps.at(-1);
    if (last !== undefined) last.error = error;
    this.#error = error;
    const names = last === undefined ? [] : [...this.#callers(), last.name];
    const at = names.map((name) => `"${name}"`).join(' › ');
    this.ending = {
      type: 'transfer-to-queue',
      queue,
      priority: priority ?? this.#priority ?? 0,
      ...(skills === undefined ? {} : { skills }),
      reason: at === '' ? error.message : `${at}: ${error.message}`,
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
      variables: { ...this.#main?.variables.values },
      ...(this.#error === null ? {} : { error: this.#error }),
      startedAt: this.#startedAt,
      durationMs: this.#elapsedMs(),
    };
  }

  #enter(frame: Frame): void {
    this.#frame = frame;
    this.#scope.flow = frame.variables.values;
    this.#scope.task = frame.task?.values;
    this.#scope.loop = currentRound(frame.loops);
  }

  #publishedModule(id: string): PublishedFlow | null {
    const known = this.#modules.get(id);
    if (known !== undefined) return known;
    const published = this.#ports.flows.published(id);
    this.#modules.set(id, published);
    return published;
  }

  #addEffect(step: Step, effect: Effect): void {
    if (this.#effects.length >= maxEffects) {
      throw new UserError('too-many-effects', `The run asked for more than ${maxEffects} auto-responses to one mail.`);
    }
    step.detail = { ...step.detail, effect: this.#effects.length };
    this.#effects.push(effect);
  }

  /** Names of the calls that led to the open sheet, the outermost first. */
  #callers(): string[] {
    const names: string[] = [];
    for (let caller = this.#frame?.caller ?? null; caller !== null; caller = caller.frame.caller) {
      names.unshift(caller.step.name);
    }
    return names;
  }

  #requireFrame(): Frame {
    if (this.#frame === null) throw new Error('A run begins before its first step.');
    return this.#frame;
  }

  #elapsedMs(): number {
    return roundMs(this.#ports.clock.monotonic() - this.#startMs);
  }
}

/** Microseconds are as fine as anybody reads, and keep the record short. */
function roundMs(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
