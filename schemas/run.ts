import Type from 'typebox';
import { closed } from './closed.ts';
import { logicSchema } from './logic.ts';

/** A part of a condition with the value it had: what the canvas shows as "why". */
const conditionTraceSchema = Type.Cyclic(
  {
    ConditionTrace: closed({
      rule: logicSchema,
      value: Type.Optional(
        Type.Unknown({ description: 'At most 500 characters of a longer text; absent if it failed' }),
      ),
      error: Type.Optional(Type.String()),
      decided: Type.Boolean({ description: 'False for a part whose value could no longer change the answer' }),
      parts: Type.Array(Type.Ref('ConditionTrace')),
    }),
  },
  'ConditionTrace',
);

const runErrorSchema = closed({
  code: Type.String(),
  message: Type.String(),
  retryable: Type.Boolean(),
});

/** What one step saw and did, beside its outcome. */
const stepDetailSchema = closed({
  conditions: Type.Optional(
    Type.Array(closed({ outcome: Type.String(), trace: Type.Unsafe<ConditionTrace>(conditionTraceSchema) })),
  ),
  variables: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'Variables as set here; those of a task have "task." before their names',
    }),
  ),
  priority: Type.Optional(Type.Integer()),
  request: Type.Optional(closed({ method: Type.String(), url: Type.String(), status: Type.Optional(Type.Integer()) })),
  effect: Type.Optional(Type.Integer({ description: 'Index into the effects of the run' })),
  reason: Type.Optional(Type.String()),
  inputs: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'What a call handed over' })),
  round: Type.Optional(
    closed({ index: Type.Integer({ description: 'From 0' }), count: Type.Integer() }, { description: 'Of a loop' }),
  ),
});

/** Where an action is drawn, if not on the flow's own sheet: in a task, in a module that was called, or in a task of a module. */
const placeProperties = {
  task: Type.Optional(Type.String()),
  flow: Type.Optional(Type.String({ description: 'Id of the module' })),
  version: Type.Optional(Type.Union([Type.Integer(), Type.Null()], { description: 'Of the module; null for a draft' })),
};

const stepSchema = closed({
  action: Type.String({ description: 'Id of the action' }),
  ...placeProperties,
  type: Type.String(),
  name: Type.String(),
  outcome: Type.Union([Type.String(), Type.Null()], { description: 'Null if the action ended the run or failed' }),
  atMs: Type.Number({ description: 'Milliseconds since the run began' }),
  durationMs: Type.Number(),
  detail: stepDetailSchema,
  error: Type.Optional(runErrorSchema),
});

/** How a run ended. `fallback` is true where the run failed and the flow's fallback took the mail; `reason` then says why. */
export const endingSchema = closed({
  type: Type.Union([Type.Literal('transfer-to-queue'), Type.Literal('disconnect')]),
  action: Type.Optional(Type.String()),
  ...placeProperties,
  queue: Type.Optional(Type.String()),
  priority: Type.Integer(),
  skills: Type.Optional(Type.Array(Type.String())),
  reason: Type.Optional(Type.String()),
  fallback: Type.Optional(Type.Boolean()),
});

/** Something for the world outside, not yet done. `allowed` and `reason` are the send guard's word. */
const effectSchema = closed({
  type: Type.Literal('auto-response'),
  action: Type.String(),
  to: Type.String({ description: "The sender's address, never another" }),
  subject: Type.String(),
  body: Type.String(),
  html: Type.Optional(Type.String({ description: 'The same as HTML, cleaned' })),
  from: Type.Optional(Type.String({ description: 'Id of the from address that the flow names' })),
  allowed: Type.Boolean(),
  reason: Type.String({ description: 'Why it was withheld; empty if allowed' }),
});

export const runSchema = closed({
  flow: Type.String(),
  version: Type.Union([Type.Integer(), Type.Null()], { description: 'Null for a draft' }),
  ending: endingSchema,
  steps: Type.Array(stepSchema),
  effects: Type.Array(effectSchema),
  variables: Type.Record(Type.String(), Type.Unknown()),
  error: Type.Optional(runErrorSchema),
  startedAt: Type.String({ description: 'ISO 8601, UTC' }),
  durationMs: Type.Number(),
});

export interface ConditionTrace {
  rule: Type.Static<typeof logicSchema>;
  value?: unknown;
  error?: string;
  decided: boolean;
  parts: ConditionTrace[];
}
export type RunError = Type.Static<typeof runErrorSchema>;
export type StepDetail = Type.Static<typeof stepDetailSchema>;
export type Place = Pick<Step, 'task' | 'flow' | 'version'>;
/** An action by where it is drawn: its id alone is unique only on its sheet. */
export type PlacedAction = Pick<Step, 'action' | 'task' | 'flow'>;
export type Step = Type.Static<typeof stepSchema>;
export type Ending = Type.Static<typeof endingSchema>;
export type Effect = Type.Static<typeof effectSchema>;
export type Run = Type.Static<typeof runSchema>;
