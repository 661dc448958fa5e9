import Type from 'typebox';
import { closed } from '../closed.ts';
import { outboxStateSchema } from '../interaction.ts';
import { removalSchema } from '../retention.ts';
import { page, pageQuery, searchText } from './paging.ts';

const outboxItemSchema = closed({
  id: Type.String(),
  interaction: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  state: outboxStateSchema,
  kind: Type.Union([Type.Literal('auto-response'), Type.Literal('reply'), Type.Literal('copy')], {
    description: 'A reply was written by a person; a copy is the blind copy of a route',
  }),
  reason: Type.String({ description: "The guard's or the server's word; empty if there is nothing to say" }),
  outbound: Type.String({ description: 'Id of the outbound mailbox; empty where mail is captured' }),
  isDelayed: Type.Boolean({ description: 'It waits for more than 2 days; after 4 it is given up' }),
  attempts: Type.Integer(),
  createdAt: Type.String(),
  sentAt: Type.Union([Type.String(), Type.Null()]),
  nextAttemptAt: Type.Union([Type.String(), Type.Null()]),
});
export const outboxQuerySchema = closed({
  state: Type.Optional(outboxStateSchema),
  interaction: Type.Optional(Type.String({ maxLength: 64 })),
  search: searchText('Part of the subject or the recipient'),
  ...pageQuery,
});
export const outboxPageSchema = page(outboxItemSchema);
/** What a server reported later; `hint`: it proves nothing, and changed nothing. */
const deliveryReportSchema = closed({
  action: Type.String(),
  reason: Type.String(),
  proof: Type.Union([Type.Literal('token'), Type.Literal('message-id'), Type.Literal('hint')]),
  interaction: Type.String({ description: 'The mail that brought the report' }),
  at: Type.String(),
});
export const outboxDetailSchema = closed({
  ...outboxItemSchema.properties,
  from: Type.String(),
  envelopeFrom: Type.String({ description: 'MAIL FROM; empty is the null sender' }),
  messageId: Type.String(),
  text: Type.String(),
  reports: Type.Array(deliveryReportSchema),
  removed: Type.Union([removalSchema, Type.Null()], {
    description: 'Where its text is not here any more: since when, and by which rule',
  }),
});

/** `counts` holds every state, also those with none. */
export const outboxCountsSchema = closed({
  counts: Type.Record(Type.String(), Type.Integer()),
  delayed: Type.Integer({ description: 'Of those waiting, how many wait for more than 2 days' }),
});

export type OutboxCounts = Type.Static<typeof outboxCountsSchema>;
export type OutboxItem = Type.Static<typeof outboxItemSchema>;
export type OutboxQuery = Type.Static<typeof outboxQuerySchema>;
export type OutboxPage = Type.Static<typeof outboxPageSchema>;
export type OutboxDetail = Type.Static<typeof outboxDetailSchema>;
