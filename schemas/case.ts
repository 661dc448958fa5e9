import Type from 'typebox';
import { closed } from './closed.ts';
import { prioritySchema, queueIdSchema } from './ids.ts';

/** What a service answers in a case, so that a case needs no network and gives the same result tomorrow. */
const answerSchema = closed({
  url: Type.String({
    minLength: 1,
    maxLength: 4_000,
    description: 'As the data action calls it; a query is not compared',
  }),
  status: Type.Integer({ minimum: 100, maximum: 599 }),
  body: Type.Optional(Type.Unknown()),
});

/**
 * `flows/<flow>.cases/<name>.case.json`, beside the mail `<name>.eml`: how the flow must treat that mail.
 * What is left out is not compared.
 */
export const caseSchema = closed({
  $schema: Type.Optional(Type.String()),
  expect: closed({
    ending: Type.Optional(Type.Union([Type.Literal('transfer-to-queue'), Type.Literal('disconnect')])),
    queue: Type.Optional(queueIdSchema),
    priority: Type.Optional(prioritySchema),
    reason: Type.Optional(Type.String()),
    fallback: Type.Optional(Type.Boolean()),
    responses: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Auto-responses that the send guard lets through' }),
    ),
  }),
  answers: Type.Optional(Type.Array(answerSchema, { maxItems: 100 })),
});

export type Case = Type.Static<typeof caseSchema>;
