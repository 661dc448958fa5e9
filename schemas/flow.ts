import Type from 'typebox';
import type { Action } from './actions/index.ts';
import { actionTypes } from './actions/index.ts';
import { closed } from './closed.ts';
import { drawingProperties } from './drawing.ts';
import { actionIdSchema, flowIdSchema, idPattern, prioritySchema, queueIdSchema, skillsSchema } from './ids.ts';
import { variableSchema } from './variable.ts';

/** 5,000 actions: ten times the largest flow seen in the field; beyond it canvas and checks would crawl. */
const maxActions = 5_000;
const maxTasks = 200;

export const fallbackSchema = closed({
  queue: queueIdSchema,
  priority: Type.Optional(prioritySchema),
  skills: Type.Optional(skillsSchema),
});

export const flowTypeSchema = Type.Union([Type.Literal('inbound-email'), Type.Literal('module')], {
  description: 'A module is called by other flows; no route leads to it, and its fallback is not used',
});

const nextSchema = Type.Record(Type.String({ pattern: idPattern }), actionIdSchema, {
  description: 'Outcome → id of the action that follows',
  additionalProperties: false,
});

const actionSchemas = Object.values(actionTypes).map((actionType) =>
  closed({
    type: Type.Literal(actionType.type),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    note: Type.Optional(Type.String({ maxLength: 10_000 })),
    settings: actionType.settings,
    ...(actionType.outcomes.length === 0 && Array.isArray(actionType.outcomes)
      ? {}
      : { next: Type.Optional(nextSchema) }),
  }),
);

/** Told apart by `type`, so that an issue names the one thing that is wrong and not every branch that failed. */
const actionSchema = Type.Unsafe<Action>({
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: actionSchemas,
});

const actionsSchema = Type.Record(Type.String({ pattern: idPattern }), actionSchema, {
  maxProperties: maxActions,
  additionalProperties: false,
});

/** What is drawn on one tab of the canvas: the flow itself is a sheet, and so is each of its tasks. */
function sheetProperties(actions: typeof actionsSchema) {
  return {
    entry: Type.String({ description: 'Id of the first action; empty while nothing is drawn yet', maxLength: 64 }),
    actions,
    ...drawingProperties,
  };
}

function flowProperties(actions: typeof actionsSchema) {
  return {
    $schema: Type.Optional(Type.String()),
    id: flowIdSchema,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    type: flowTypeSchema,
    description: Type.Optional(Type.String({ maxLength: 10_000 })),
    variables: Type.Optional(Type.Array(variableSchema, { maxItems: 500 })),
    inputs: Type.Optional(
      Type.Array(variableSchema, { maxItems: 100, description: 'Of a module: variables that its caller fills' }),
    ),
    outputs: Type.Optional(
      Type.Array(variableSchema, { maxItems: 100, description: 'Of a module: variables that its caller may keep' }),
    ),
    fallback: fallbackSchema,
    ...sheetProperties(actions),
    tasks: Type.Optional(
      Type.Record(Type.String({ pattern: idPattern }), closed(taskProperties(actions)), {
        description: 'Parts of the flow that are called by name',
        maxProperties: maxTasks,
        additionalProperties: false,
      }),
    ),
  };
}

function taskProperties(actions: typeof actionsSchema) {
  return {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    description: Type.Optional(Type.String({ maxLength: 10_000 })),
    inputs: Type.Optional(Type.Array(variableSchema, { maxItems: 100 })),
    outputs: Type.Optional(Type.Array(variableSchema, { maxItems: 100 })),
    ...sheetProperties(actions),
  };
}

export const taskSchema = closed(taskProperties(actionsSchema));

/** The flow document, `flows/<id>.flow.json`: positions apart from the logic, so that a git diff of the logic reads well. */
export const flowSchema = closed(flowProperties(actionsSchema));

/** The same where it stands alone, as a file or a validator: the actions, which flow and tasks have alike, are written once. */
export const flowDocumentSchema = closed(
  flowProperties(Type.Unsafe({ $ref: '#/definitions/actions' }) as unknown as typeof actionsSchema),
  { definitions: { actions: actionsSchema } },
);

export type Fallback = Type.Static<typeof fallbackSchema>;
export type Flow = Type.Static<typeof flowSchema>;
export type Task = NonNullable<Flow['tasks']>[string];
