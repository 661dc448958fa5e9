import type { OutcomeOf, SettingsOf } from '../../schemas/actions/index.ts';
import type { Unrecorded } from '../../schemas/api/backtest.ts';
import { mayBeCut } from '../../schemas/bounded-copy.ts';
import { OperationalError, UserError } from '../../schemas/errors.ts';
import { recordedRequest } from '../actions/data-action.ts';
import { executors } from '../actions/index.ts';
import type { Executor, ExecutorContext, HttpPort, StepResult } from '../engine/ports.ts';
import type { Recording } from './recordings.ts';

type Settings = SettingsOf<'data-action'>;
type Result = StepResult<OutcomeOf<'data-action'>>;

/** Data actions of one run, without a call to anybody. */
export interface Replay {
  execute: Executor<'data-action'>;
  /** True once a request had no recorded answer. */
  isUnrecorded(): boolean;
}

/**
 * Answers a data action with what the same request was answered when the mail came. The same is: method, address, headers and body alike
 * as templates, and the address alike as rendered for this mail. Anything else gets the answer chosen for the backtest.
 */
export function createReplay(recordings: readonly Recording[], unrecorded: Unrecorded): Replay {
  const left = [...recordings];
  let hasUnrecorded = false;

  function findRecording(settings: Settings, url: string): Recording | undefined {
    const key = requestKey(settings);
    const isSame = (each: Recording) => each.step.detail.request?.url === url && requestKey(each.settings) === key;
    const index = left.findIndex(isSame);
    // In a circle the answers come in their order; where the draft asks once more than the run did, the last holds.
    return index === -1 ? recordings.findLast(isSame) : left.splice(index, 1)[0];
  }

  return {
    execute(settings, context) {
      const request = recordedRequest(settings, context);
      const recording = findRecording(settings, request.url);
      const result = recording === undefined ? null : replayed(recording, settings, context);
      if (result !== null) return result;
      hasUnrecorded = true;
      return assumed(settings, context, unrecorded);
    },
    isUnrecorded: () => hasUnrecorded,
  };
}

/** Null where too little of the answer is on record for what the action keeps of it now. */
function replayed({ settings: former, step }: Recording, settings: Settings, context: ExecutorContext): Result | null {
  const { request, reason } = step.detail;
  const detail = { ...(request === undefined ? {} : { request }), reason: reason ?? 'Answered as on record' };
  const wasAnswered = request?.status !== undefined && request.status >= 200 && request.status < 300;
  if (step.outcome === 'failure' || step.outcome === 'timeout') {
    // An answer that came and was refused for its parts says nothing about other parts.
    const isRefusedPart = wasAnswered && JSON.stringify(former.response) !== JSON.stringify(settings.response);
    return isRefusedPart ? null : { outcome: step.outcome, detail };
  }
  const values: Record<string, unknown> = {};
  for (const { variable, pointer } of settings.response ?? []) {
    const kept = former.response?.find((mapping) => mapping.pointer === pointer);
    const value = kept === undefined ? undefined : step.detail.variables?.[kept.variable];
    if (value === undefined || mayBeCut(value)) return null;
    values[variable] = value;
  }
  try {
    const variables = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, context.coerce(name, value)]),
    );
    return { outcome: 'success', variables, detail: { ...detail, variables: values } };
  } catch (thrown) {
    if (!(thrown instanceof UserError && thrown.code === 'wrong-variable-type')) throw thrown;
    return { outcome: 'failure', detail: { ...detail, reason: thrown.message } };
  }
}

/** What the action itself makes of the answer that was chosen. */
async function assumed(settings: Settings, context: ExecutorContext, unrecorded: Unrecorded): Promise<Result> {
  const result = await executors['data-action'](settings, { ...context, http: assumedAnswers[unrecorded] });
  return { ...result, detail: { ...result.detail, reason: `No answer on record; ${assumption[unrecorded]}` } };
}

const assumption: Record<Unrecorded, string> = {
  skip: 'the mail is left out',
  success: 'an empty one was assumed',
  failure: 'a failure was assumed',
  timeout: 'a timeout was assumed',
};

const fails: HttpPort = () => Promise.reject(new OperationalError('http-failed', 'A backtest calls nobody.'));

const assumedAnswers: Record<Unrecorded, HttpPort> = {
  skip: fails,
  failure: fails,
  success: () => Promise.resolve({ status: 200, headers: {}, body: '{}' }),
  timeout: () => Promise.reject(new OperationalError('http-timeout', 'A backtest calls nobody.')),
};

const keys = new WeakMap<Settings, string>();

function requestKey(settings: Settings): string {
  const known = keys.get(settings);
  if (known !== undefined) return known;
  const { method, url, headers = [], body = null } = settings;
  const key = JSON.stringify([method, url, headers, body]);
  keys.set(settings, key);
  return key;
}
