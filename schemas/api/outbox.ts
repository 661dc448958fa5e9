import Type from 'typebox';
import { closed } from '../closed.ts';
import { outboxStateSchema } from '../interaction.ts';
import { page, pageQuery } from './paging.ts';

const outboxItemSchema = closed({
  id: Type.String(),
  interaction: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  state: outboxStateSchema,
  kind: Type.Union([Type.Literal('auto-response'), Type.Literal('copy')], {
    description: 'A copy is the blind copy of a route',
  }),
  reason: Type.String({ description: "The guard's or the server's word; empty if there is nothing to say" }),
  attempts: Type.Integer(),
  createdAt: Type.String(),
  sentAt: Type.Union([Type.String(), Type.Null()]),
  nextAttemptAt: Type.Union([Type.String(), Type.Null()]),
});
export const outboxQuerySchema = closed({
  state: Type.Optional(outboxStateSchema),
  interaction: Type.Optional(Type.String({ maxLength: 64 })),
  ...pageQuery,
});
export const outboxPageSchema = page(outboxItemSchema);
export const outboxDetailSchema = closed({
  ...outboxItemSchema.properties,
  from: Type.String(),
  messageId: Type.String(),
  text: Type.String(),
});

export type OutboxItem = Type.Static<typeof outboxItemSchema>;
export type OutboxQuery = Type.Static<typeof outboxQuerySchema>;
export type OutboxPage = Type.Static<typeof outboxPageSchema>;
export type OutboxDetail = Type.Static<typeof outboxDetailSchema>;
