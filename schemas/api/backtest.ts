import Type from 'typebox';
import { momentSchema } from '../case.ts';
import { closed } from '../closed.ts';
import { runSchema } from '../run.ts';

/** What a data action answers where the mail's own run made no such request: `skip` leaves the mail out and counts it. */
const unrecordedSchema = Type.Union([
  Type.Literal('skip'),
  Type.Literal('success'),
  Type.Literal('failure'),
  Type.Literal('timeout'),
]);

/** Without a document the caller's draft is meant. */
export const backtestBodySchema = closed({
  document: Type.Optional(Type.Unknown()),
  mails: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 10_000, default: 1_000, description: 'The newest so many' }),
  ),
  of: Type.Optional(
    Type.Union([Type.Literal('flow'), Type.Literal('all')], {
      default: 'flow',
      description: 'Mails that this flow handled, or all that could be read',
    }),
  ),
  mailbox: Type.Optional(Type.String({ maxLength: 64 })),
  route: Type.Optional(
    Type.String({ maxLength: 64, description: 'Mails that this route takes as the routes are now' }),
  ),
  from: Type.Optional(momentSchema),
  /** Received before this moment. */
  until: Type.Optional(momentSchema),
  unrecorded: Type.Optional(unrecordedSchema),
});

export const backtestMailBodySchema = closed({
  document: Type.Optional(Type.Unknown()),
  unrecorded: Type.Optional(unrecordedSchema),
});

/** Where a mail ends. `fallback`: the flow failed and its fallback took the mail; `none`: no flow ran on it. */
const backtestEndingSchema = closed({
  kind: Type.Union([Type.Literal('queue'), Type.Literal('fallback'), Type.Literal('disconnect'), Type.Literal('none')]),
  queue: Type.Union([Type.String(), Type.Null()]),
});

const changeSchema = Type.Union([Type.Literal('priority'), Type.Literal('skills'), Type.Literal('responses')]);

const groupSchema = closed({
  from: backtestEndingSchema,
  to: backtestEndingSchema,
  changed: Type.Array(changeSchema, { description: 'What else differs' }),
  mails: Type.Array(Type.String({ description: 'Interaction id' })),
});

/** One line of the answer each. */
export const backtestEventSchema = Type.Union([
  closed({ event: Type.Literal('waiting'), before: Type.Integer({ description: 'Backtests that come first' }) }),
  closed({
    event: Type.Literal('begin'),
    mails: Type.Integer({ description: 'Mails to look at' }),
    version: Type.Union([Type.Integer(), Type.Null()], {
      description: 'The published version that is compared with; null: none, so with what became of the mails',
    }),
  }),
  closed({
    event: Type.Literal('mails'),
    done: Type.Integer(),
    skipped: Type.Integer(),
    groups: Type.Array(groupSchema),
  }),
  closed({
    event: Type.Literal('end'),
    mails: Type.Integer({ description: 'Mails compared' }),
    same: Type.Integer({ description: 'Mails that end where they ended' }),
    skipped: Type.Integer({ description: 'Mails left out because a data action had no recorded answer' }),
    cells: Type.Array(closed({ from: backtestEndingSchema, to: backtestEndingSchema, mails: Type.Integer() })),
    tookMs: Type.Number(),
  }),
  closed({ event: Type.Literal('error'), code: Type.String(), detail: Type.String() }),
]);

export const backtestMailSchema = closed({
  before: Type.Union([runSchema, Type.Null()], { description: 'Of the published version; null if no flow ran' }),
  isRecorded: Type.Boolean({ description: 'True where `before` is the run that really happened' }),
  after: runSchema,
  isSkipped: Type.Boolean({ description: 'A data action had no recorded answer, and such mails are to be left out' }),
});

export type Unrecorded = Type.Static<typeof unrecordedSchema>;
export type BacktestBody = Type.Static<typeof backtestBodySchema>;
export type BacktestEnding = Type.Static<typeof backtestEndingSchema>;
export type BacktestChange = Type.Static<typeof changeSchema>;
export type BacktestGroup = Type.Static<typeof groupSchema>;
export type BacktestEvent = Type.Static<typeof backtestEventSchema>;
export type BacktestMail = Type.Static<typeof backtestMailSchema>;
