import Type from 'typebox';
import { closed } from '../closed.ts';
import { budgetsSchema, outboundSchema, settingsSchema } from '../settings.ts';

/** What the start page needs to say how to send a mail. */
export const systemSchema = closed({
  version: Type.String(),
  receiver: Type.Union([
    closed({ host: Type.String(), port: Type.Integer(), domains: Type.Array(Type.String()) }),
    Type.Null(),
  ]),
  outbound: Type.Union([Type.Literal('capture'), Type.Literal('smtp')]),
  git: Type.Boolean({ description: 'True where publishing commits' }),
});

/** Sends a real mail through the built-in receiver; `subject` and `text` have defaults. */
export const testMailBodySchema = closed({
  to: Type.Optional(Type.String({ maxLength: 320 })),
  from: Type.Optional(Type.String({ maxLength: 320 })),
  subject: Type.Optional(Type.String({ maxLength: 500 })),
  text: Type.Optional(Type.String({ maxLength: 10_000 })),
  automaticReply: Type.Optional(Type.Boolean({ description: 'Marks it Auto-Submitted: auto-replied' })),
});
export const testMailResultSchema = closed({ messageId: Type.String(), to: Type.String(), response: Type.String() });

/** Password left out keeps the stored one. */
export const outboundBodySchema = closed({
  ...Type.Omit(outboundSchema, ['password']).properties,
  password: Type.Optional(Type.String({ maxLength: 4_000 })),
});
export const outboundViewSchema = closed({
  outbound: Type.Union([
    closed({ ...Type.Omit(outboundSchema, ['password']).properties, hasPassword: Type.Boolean() }),
    Type.Null(),
  ]),
});
export const outboundTestBodySchema = closed({ to: Type.String({ minLength: 3, maxLength: 320 }) });
export const outboundTestResultSchema = closed({ state: Type.String(), detail: Type.String() });

export const generalSettingsSchema = closed({
  receiver: closed({ domains: Type.Array(Type.String({ minLength: 1, maxLength: 253 })) }),
  budgets: budgetsSchema,
  outgoingAllow: settingsSchema.properties.outgoingAllow,
});

/** Server-sent events say what to fetch again, never the data itself: roles are checked where it is fetched. */
const topicSchema = Type.Union([
  Type.Literal('interactions'),
  Type.Literal('queues'),
  Type.Literal('outbox'),
  Type.Literal('ledger'),
  Type.Literal('mailboxes'),
  Type.Literal('flows'),
  Type.Literal('traffic'),
  Type.Literal('lists'),
  Type.Literal('schedules'),
  Type.Literal('authorisations'),
  Type.Literal('alarms'),
]);
const liveEventSchema = closed({ topic: topicSchema });

export type System = Type.Static<typeof systemSchema>;
export type TestMailBody = Type.Static<typeof testMailBodySchema>;
export type TestMailResult = Type.Static<typeof testMailResultSchema>;
export type OutboundBody = Type.Static<typeof outboundBodySchema>;
export type OutboundView = Type.Static<typeof outboundViewSchema>;
export type OutboundTestBody = Type.Static<typeof outboundTestBodySchema>;
export type OutboundTestResult = Type.Static<typeof outboundTestResultSchema>;
export type GeneralSettings = Type.Static<typeof generalSettingsSchema>;
export type Topic = Type.Static<typeof topicSchema>;
export type LiveEvent = Type.Static<typeof liveEventSchema>;
