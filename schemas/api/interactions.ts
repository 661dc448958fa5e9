import Type from 'typebox';
import { closed } from '../closed.ts';
import { emailSchema } from '../email.ts';
import { prioritySchema, queueIdSchema } from '../ids.ts';
import { interactionStateSchema } from '../interaction.ts';
import { removalSchema } from '../retention.ts';
import { runSchema } from '../run.ts';
import { page, pageQuery, searchText } from './paging.ts';

export const interactionSummarySchema = closed({
  id: Type.String(),
  state: interactionStateSchema,
  queue: Type.Union([Type.String(), Type.Null()]),
  priority: Type.Integer(),
  subject: Type.String(),
  from: Type.String({ description: 'Address of the sender' }),
  fromName: Type.String(),
  preview: Type.String(),
  receivedAt: Type.String({ description: 'ISO 8601, UTC' }),
  mailbox: Type.String({ description: 'Mailbox id' }),
  flow: Type.Union([Type.String(), Type.Null()]),
  version: Type.Union([Type.Integer(), Type.Null()]),
  reason: Type.String({ description: 'Why it was disconnected, quarantined, put back, or took the fallback' }),
  claimedBy: Type.Union([Type.String(), Type.Null()]),
  claimedUntil: Type.Union([Type.String(), Type.Null()]),
});
export const interactionsQuerySchema = closed({
  state: Type.Optional(interactionStateSchema),
  queue: Type.Optional(queueIdSchema),
  mailbox: Type.Optional(Type.String({ maxLength: 64 })),
  ids: Type.Optional(
    Type.String({ maxLength: 6_000, pattern: '^[0-9A-Za-z]+(,[0-9A-Za-z]+)*$', description: 'These, comma-separated' }),
  ),
  search: searchText('Part of the subject or the sender'),
  ...pageQuery,
});
export const interactionsPageSchema = page(interactionSummarySchema);
/** What a person, or Sluice by itself, did with a mail. */
const interventionSchema = closed({
  at: Type.String({ description: 'ISO 8601, UTC' }),
  who: Type.String({ description: 'Id of the user or token; empty: Sluice itself' }),
  action: Type.Union([
    Type.Literal('retry'),
    Type.Literal('route'),
    Type.Literal('repair'),
    Type.Literal('delete'),
    Type.Literal('merge'),
    Type.Literal('split'),
    Type.Literal('answer'),
    Type.Literal('take-back'),
    Type.Literal('put-back'),
  ]),
  detail: Type.String(),
});
/** The route that took the mail, as it was then. */
const wayTakenSchema = closed({
  route: Type.String({ description: 'Route id' }),
  name: Type.String({ description: 'Its name, or else its pattern' }),
  address: Type.String({ description: 'The address by which it was found; empty where the mail names none' }),
  why: Type.String({ description: 'In words' }),
});

/** `email` and `run` are null while the mail is received or if it could not be parsed. */
export const interactionSchema = closed({
  ...interactionSummarySchema.properties,
  skills: Type.Array(Type.String()),
  wholeSize: Type.Union([Type.Integer(), Type.Null()], {
    description:
      'Bytes on the server, where only headers and first text were taken: the rest can be fetched. Null: all is here',
  }),
  byHand: Type.Array(interventionSchema, { description: 'What people did with it, oldest first' }),
  way: Type.Union([wayTakenSchema, Type.Null()], {
    description: 'Null where no route took it, or an earlier version did',
  }),
  email: Type.Union([emailSchema, Type.Null()]),
  run: Type.Union([runSchema, Type.Null()]),
  sourceRemoved: Type.Union([removalSchema, Type.Null()], {
    description: 'Where its source and attachments are not here any more: since when, and by which rule',
  }),
  runRemoved: Type.Union([removalSchema, Type.Null()], { description: 'The same of the trace of its run' }),
});
export const routeByHandBodySchema = closed({ queue: queueIdSchema, priority: Type.Optional(prioritySchema) });
/** 24 h: a lease outlives no shift. */
export const longestLeaseSeconds = 86_400;
export const claimBodySchema = closed({
  leaseSeconds: Type.Optional(Type.Integer({ minimum: 10, maximum: longestLeaseSeconds, default: 900 })),
});

export type WayTaken = Type.Static<typeof wayTakenSchema>;
export type InteractionSummary = Type.Static<typeof interactionSummarySchema>;
export type InteractionsQuery = Type.Static<typeof interactionsQuerySchema>;
export type InteractionsPage = Type.Static<typeof interactionsPageSchema>;
export type Interaction = Type.Static<typeof interactionSchema>;
export type Intervention = Type.Static<typeof interventionSchema>;
export type RouteByHandBody = Type.Static<typeof routeByHandBodySchema>;
export type ClaimBody = Type.Static<typeof claimBodySchema>;
