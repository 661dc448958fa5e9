import Type from 'typebox';
import { closed } from '../closed.ts';

const windowSchema = Type.Union([Type.Literal('hour'), Type.Literal('day'), Type.Literal('week')]);

/** Without a version the published one is meant. */
export const trafficQuerySchema = closed({
  window: Type.Optional(windowSchema),
  version: Type.Optional(Type.Integer({ minimum: 1 })),
});

const trafficActionSchema = closed({
  sheet: Type.Union([Type.String(), Type.Null()], { description: 'Task that the action stands in; null: the flow' }),
  action: Type.String(),
  mails: Type.Integer({ description: 'Mails that reached it' }),
  failed: Type.Integer({ description: 'Of these, those on which it failed' }),
  outcomes: Type.Record(Type.String(), Type.Integer(), { description: 'Mails that took each outcome' }),
});

export const trafficSchema = closed({
  flow: Type.String(),
  version: Type.Integer(),
  window: windowSchema,
  since: Type.String({ description: 'ISO 8601, UTC: what is counted began here' }),
  items: Type.Array(trafficActionSchema),
});

export type TrafficWindow = Type.Static<typeof windowSchema>;
export type TrafficAction = Type.Static<typeof trafficActionSchema>;
export type Traffic = Type.Static<typeof trafficSchema>;
