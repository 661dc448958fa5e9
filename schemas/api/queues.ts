import Type from 'typebox';
import { closed } from '../closed.ts';
import { queueSchema } from '../settings.ts';

export const queueViewSchema = closed({
  ...queueSchema.properties,
  waiting: Type.Integer(),
  claimed: Type.Integer(),
  oldestAt: Type.Union([Type.String(), Type.Null()], {
    description: 'When the longest waiting mail arrived, ISO 8601',
  }),
});
export const queuesSchema = closed({ items: Type.Array(queueViewSchema) });
export const queueBodySchema = queueSchema;
export const queueChangeSchema = Type.Partial(Type.Omit(queueSchema, ['id']), { additionalProperties: false });

export type QueueView = Type.Static<typeof queueViewSchema>;
export type Queues = Type.Static<typeof queuesSchema>;
export type QueueBody = Type.Static<typeof queueBodySchema>;
export type QueueChange = Type.Static<typeof queueChangeSchema>;
