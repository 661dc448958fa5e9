import Type from 'typebox';
import { caseNameSchema, momentSchema } from '../case.ts';
import { closed } from '../closed.ts';
import { emailSchema } from '../email.ts';
import { actionIdSchema, flowIdSchema, idSchema } from '../ids.ts';
import { runSchema } from '../run.ts';

/** One mail: given as text or bytes, one that came in, or that of a case of the flow. Exactly one of them. */
const mailChoiceProperties = {
  eml: Type.Optional(Type.String({ maxLength: 40_000_000, description: 'Source of a mail, as text' })),
  emlBase64: Type.Optional(
    Type.String({ maxLength: 54_000_000, description: 'Source of a mail that is not UTF-8 text' }),
  ),
  interaction: Type.Optional(Type.String({ maxLength: 64 })),
  case: Type.Optional(caseNameSchema),
};
export const mailChoiceSchema = closed(mailChoiceProperties);

const statusSchema = Type.Integer({ minimum: 100, maximum: 599 });

const placedActionProperties = {
  action: actionIdSchema,
  task: Type.Optional(Type.String({ ...idSchema, description: 'Where the action stands in a task' })),
  flow: Type.Optional(Type.String({ ...flowIdSchema, description: 'Where it stands in a module' })),
};

/** What the person lets a data action's service answer, in place of a call. */
const handAnswerSchema = Type.Union([
  closed({ ...placedActionProperties, status: statusSchema, body: Type.Optional(Type.Unknown()) }),
  closed({ ...placedActionProperties, fails: Type.Union([Type.Literal('timeout'), Type.Literal('unreachable')]) }),
]);

/** One call that a data action made, or would have made. */
const exchangeSchema = closed({
  ...placedActionProperties,
  action: Type.String({ description: 'Id of the action that called' }),
  method: Type.String({ maxLength: 20 }),
  url: Type.String({ maxLength: 20_000 }),
  body: Type.Optional(Type.String({ description: 'What was sent' })),
  by: Type.Union([Type.Literal('service'), Type.Literal('hand'), Type.Literal('record'), Type.Literal('nobody')], {
    description: 'Who answered: the service itself, the person, an earlier call that was the same, or nobody',
  }),
  status: Type.Optional(statusSchema),
  response: Type.Optional(Type.String({ description: 'What came back, at most 64 kB of it' })),
  fails: Type.Optional(Type.Union([Type.Literal('timeout'), Type.Literal('unreachable')])),
  error: Type.Optional(Type.String({ description: 'Why there was no answer' })),
});

export const tryBodySchema = closed({
  ...mailChoiceProperties,
  document: Type.Optional(Type.Unknown()),
  /** Data actions that are not named here call their service, unless `calls` is false. */
  answers: Type.Optional(Type.Array(handAnswerSchema, { maxItems: 1_000 })),
  recorded: Type.Optional(
    Type.Array(exchangeSchema, {
      maxItems: 1_000,
      description: 'Calls of an earlier trial: the same call is answered the same again, without asking the service',
    }),
  ),
  calls: Type.Optional(
    Type.Boolean({ description: 'False: no service is called; what has no answer fails as if it were away' }),
  ),
  now: Type.Optional(momentSchema),
  mailbox: Type.Optional(idSchema),
  folder: Type.Optional(Type.String({ maxLength: 500, description: 'The folder of the mailbox that it is found in' })),
  address: Type.Optional(Type.String({ maxLength: 320, description: 'The address that the mail came in by' })),
});

export const tryResultSchema = closed({
  run: runSchema,
  email: emailSchema,
  exchanges: Type.Array(exchangeSchema),
  /** What the run was told beside the mail. */
  now: Type.String(),
  mailbox: closed({ id: Type.String(), name: Type.String(), address: Type.String() }),
  route: closed({ id: Type.String(), address: Type.String() }),
});

export type MailChoice = Type.Static<typeof mailChoiceSchema>;
export type HandAnswer = Type.Static<typeof handAnswerSchema>;
export type Exchange = Type.Static<typeof exchangeSchema>;
export type TryBody = Type.Static<typeof tryBodySchema>;
export type TryResult = Type.Static<typeof tryResultSchema>;
