import type { ActionType, OutcomeOf, SettingsOf } from '../../schemas/actions/index.ts';
import type { Logic } from '../../schemas/logic.ts';
import type { ConditionTrace, Effect, Ending, StepDetail } from '../../schemas/run.ts';
import type { Scope } from '../../schemas/scope.ts';

/** Time as the engine sees it: a test or a replay gives its own. */
interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that never go back, for durations. */
  monotonic(): number;
}

export interface HttpRequest {
  /** Id of the action that asks: a trial may answer it by hand. */
  action?: string;
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
  readonly actionId: string;
  readonly scope: Scope;
  readonly expressions: ExpressionPort;
  readonly http: HttpPort;
  /** The value as the flow variable's type takes it. Throws a UserError `unknown-variable` or `wrong-variable-type`. */
  coerce(variable: string, value: unknown): unknown;
}

/** What an executor decided: an outcome to go on by, or an ending. The engine applies it; the executor changes nothing itself. */
export type StepResult<O extends string = string> =
  | {
      outcome: O;
      variables?: Record<string, unknown>;
      priority?: number;
      effects?: Effect[];
      detail?: StepDetail;
    }
  | { ending: Omit<Ending, 'action' | 'priority'> & { priority?: number }; detail?: StepDetail };

/** One action type at work. Throws a SluiceError on failure: the run then takes the flow's fallback. */
export type Executor<T extends ActionType> = (
  settings: SettingsOf<T>,
  context: ExecutorContext,
) => StepResult<OutcomeOf<T>> | Promise<StepResult<OutcomeOf<T>>>;

export type ExecutorTable = { readonly [T in ActionType]: Executor<T> };

/** What a run needs from outside. */
export interface EnginePorts {
  clock: Clock;
  executors: ExecutorTable;
  expressions: ExpressionPort;
  http: HttpPort;
}
