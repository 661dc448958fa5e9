import Type from 'typebox';
import { closed } from './closed.ts';
import { idPattern, prioritySchema, queueIdSchema } from './ids.ts';

/** Part of file names, URLs and git diffs, like an id. */
export const caseNameSchema = Type.String({
  pattern: idPattern,
  description: 'Same as the file name before .case.json',
});

/** ISO 8601 with its time zone, so that a case means the same moment on every machine. */
export const momentPattern = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$';
export const momentSchema = Type.String({ pattern: momentPattern, maxLength: 40 });

const urlSchema = Type.String({
  minLength: 1,
  maxLength: 4_000,
  description: 'As the data action calls it; a query is not compared',
});

/** What a service answers in a case, so that a case needs no network and gives the same result tomorrow. */
const answerSchema = Type.Union([
  closed({
    url: urlSchema,
    status: Type.Integer({ minimum: 100, maximum: 599 }),
    body: Type.Optional(Type.Unknown({ description: 'Sent as JSON' })),
    text: Type.Optional(Type.String({ maxLength: 1_048_576, description: 'Sent as it is, in place of a body' })),
  }),
  closed({ url: urlSchema, fails: Type.Union([Type.Literal('timeout'), Type.Literal('unreachable')]) }),
]);

const expectationSchema = closed({
  ending: Type.Optional(Type.Union([Type.Literal('transfer-to-queue'), Type.Literal('disconnect')])),
  queue: Type.Optional(queueIdSchema),
  priority: Type.Optional(prioritySchema),
  reason: Type.Optional(Type.String({ maxLength: 2_000 })),
  fallback: Type.Optional(Type.Boolean()),
  responses: Type.Optional(
    Type.Integer({ minimum: 0, description: 'Auto-responses that the send guard lets through' }),
  ),
});

/**
 * `flows/<flow>.cases/<name>.case.json`, beside the mail `<name>.eml`: how the flow must treat that mail.
 * What is left out of `expect` is not compared; what is left out of the rest is taken from the mail, or is the moment of the run.
 */
export const caseSchema = closed({
  $schema: Type.Optional(Type.String()),
  description: Type.Optional(Type.String({ maxLength: 2_000 })),
  expect: expectationSchema,
  now: Type.Optional(
    Type.String({ ...momentSchema, description: 'The moment of the run, for flows that look at the clock' }),
  ),
  mailbox: Type.Optional(
    closed({
      id: Type.String({ maxLength: 64 }),
      name: Type.String({ maxLength: 200 }),
      address: Type.String({ maxLength: 320 }),
    }),
  ),
  route: Type.Optional(closed({ id: Type.String({ maxLength: 64 }), address: Type.String({ maxLength: 320 }) })),
  envelope: Type.Optional(
    closed(
      {
        from: Type.String({ maxLength: 320, description: 'Empty is the null sender' }),
        to: Type.Array(Type.String({ maxLength: 320 }), { maxItems: 1_000 }),
      },
      { description: 'Of the SMTP transaction, where the mail came by one' },
    ),
  ),
  answers: Type.Optional(Type.Array(answerSchema, { maxItems: 100 })),
});

export type CaseAnswer = Type.Static<typeof answerSchema>;
export type Expectation = Type.Static<typeof expectationSchema>;
export type Case = Type.Static<typeof caseSchema>;
