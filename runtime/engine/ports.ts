import type { ActionType, OutcomeOf, SettingsOf } from '../../schemas/actions/index.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Logic } from '../../schemas/logic.ts';
import type { ConditionTrace, Effect, Ending, PlacedAction, StepDetail } from '../../schemas/run.ts';
import type { Scope } from '../../schemas/scope.ts';

/** Time as the engine sees it: a test or a replay gives its own. */
interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that never go back, for durations. */
  monotonic(): number;
}

export interface HttpRequest {
  /** The action that asks: a trial may answer it by hand. */
  from?: PlacedAction;
  method: string;
  url: string;
  headers: Record<string, string>;
  /** Already serialised; undefined for none. */
  body?: string;
  timeoutMs: number;
  /** The answer is cut off beyond this; the call then fails. */
  maxResponseBytes: number;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * One HTTP call to the outside. Resolves with any status; rejects with an OperationalError of code `http-timeout` when time
 * ran out, `http-failed` when no answer came, `response-too-large`, or a UserError of code `address-refused` when the guard forbids the address.
 */
export type HttpPort = (request: HttpRequest) => Promise<HttpResponse>;

/** Evaluates conditions and templates over one scope; bound to a run by the conditions room. */
interface ExpressionPort {
  /** The value of a rule. Throws a SluiceError where the rule cannot be evaluated: a failure never reads as false. */
  evaluate(rule: Logic, scope: Scope): unknown;
  /** Truth by JsonLogic's rules, with the value of each part. Throws like `evaluate`. */
  decide(rule: Logic, scope: Scope): { holds: boolean; trace: ConditionTrace };
  /** Text of a Liquid template; as HTML its values are escaped. Throws a SluiceError where it cannot be rendered within its limits. */
  render(template: string, scope: Scope, form?: 'text' | 'html'): string;
}

/** What an executor may use. It never sees the database, the mailbox or the network but through these. */
export interface ExecutorContext {
  readonly action: PlacedAction;
  readonly scope: Scope;
  readonly expressions: ExpressionPort;
  readonly http: HttpPort;
  /** Where this very action is a loop that is running: the round that it is in, and whether it is to be left. */
  readonly running: { round: LoopRound; isLeft: boolean } | null;
  /** The value as the variable's type takes it. Throws a UserError `unknown-variable` or `wrong-variable-type`. */
  coerce(variable: string, value: unknown): unknown;
}

/** One round of a loop; `items` is null where it goes a number of times. */
export interface LoopRound {
  items: readonly unknown[] | null;
  index: number;
  count: number;
}

/** A call of a task of the same flow, or of another flow as a module, with what goes in and what is kept. */
export interface Call<O extends string = string> {
  task?: string;
  flow?: string;
  inputs: Readonly<Record<string, unknown>>;
  /** Variable of the caller ← name of an output. */
  outputs: Readonly<Record<string, string>>;
  /** The outcome by which the caller goes on afterwards. */
  outcome: O;
}

/** The mail goes on by an outcome. */
export interface GoOn<O extends string = string> {
  outcome: O;
  variables?: Record<string, unknown>;
  priority?: number;
  effects?: Effect[];
  /** This action is a loop, which runs from here on: coming back to it is the next round. Left out, a running one has ended. */
  round?: LoopRound;
  detail?: StepDetail;
}

/** The run ends here. */
export interface End {
  ending: Omit<Ending, 'action' | 'task' | 'flow' | 'version' | 'priority'> & { priority?: number };
  detail?: StepDetail;
}

/** What an executor decided; the last kind goes back to the caller, to the innermost loop's next round, or behind that loop. */
export type StepResult<O extends string = string> =
  | GoOn<O>
  | End
  | { call: Call<O>; detail?: StepDetail }
  | { leave: 'sheet' | 'round' | 'loop'; detail?: StepDetail };

/** One action type at work: it decides, and changes nothing itself; the engine applies what it decided. Throws a SluiceError on failure: the run then takes the flow's fallback. */
export type Executor<T extends ActionType> = (
  settings: SettingsOf<T>,
  context: ExecutorContext,
) => StepResult<OutcomeOf<T>> | Promise<StepResult<OutcomeOf<T>>>;

export type ExecutorTable = { readonly [T in ActionType]: Executor<T> };

/** A flow as it is called by others; `version` is null outside a server, where nothing is published. */
export interface PublishedFlow {
  flow: Flow;
  version: number | null;
}

/** What a run needs from outside. */
export interface EnginePorts {
  /** The flow that is published under the id; null if there is none. */
  flows: { published(id: string): PublishedFlow | null };
  clock: Clock;
  executors: ExecutorTable;
  expressions: ExpressionPort;
  http: HttpPort;
}
