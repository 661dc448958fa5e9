import Type from 'typebox';
import { closed } from '../closed.ts';
import { outboundProperties } from '../outbound-mailbox.ts';
import { senderTypeSchemas } from '../senders/index.ts';
import { smtpSenderBodyProperties, smtpSenderSchema } from '../senders/smtp.ts';
import { budgetsSchema, settingsSchema } from '../settings.ts';

const storageTroubleSchema = closed({
  state: Type.Union([Type.Literal('low'), Type.Literal('full'), Type.Literal('failing')]),
  message: Type.String({ description: 'What it means and what to do' }),
});

/** What the start page needs to say how to send a mail. */
export const systemSchema = closed({
  version: Type.String(),
  receiver: Type.Union([
    closed({ host: Type.String(), port: Type.Integer(), domains: Type.Array(Type.String()) }),
    Type.Null(),
  ]),
  outbound: Type.Union([Type.Literal('capture'), ...senderTypeSchemas]),
  git: Type.Boolean({ description: 'True where publishing commits' }),
  storage: Type.Union([storageTroubleSchema, Type.Null()], {
    description: 'What keeps mail from being stored, or soon will: null where all is well',
  }),
  restoredAt: Type.Union([Type.String(), Type.Null()], {
    description: 'When this data came out of a backup: answers to mails from before wait in the outbox as `uncertain`',
  }),
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

/** The default outbound mailbox, as it was before there could be several. Password left out keeps the stored one. */
const outboundFields = {
  type: Type.Literal('smtp'),
  ...Type.Omit(smtpSenderSchema, ['password']).properties,
  from: outboundProperties.from,
  fromName: outboundProperties.fromName,
};
export const outboundBodySchema = closed({ ...outboundFields, password: smtpSenderBodyProperties.password });
export const outboundViewSchema = closed({
  outbound: Type.Union([closed({ ...outboundFields, hasPassword: Type.Boolean() }), Type.Null()]),
});

export const generalSettingsSchema = closed({
  budgets: closed({
    ...budgetsSchema.properties,
    perMailboxUnprovedPerHour: Type.Optional(budgetsSchema.properties.perMailboxUnprovedPerHour),
  }),
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

/** What keeps mail from being stored, or soon will. */
export type StorageTrouble = Type.Static<typeof storageTroubleSchema>;
export type System = Type.Static<typeof systemSchema>;
export type TestMailBody = Type.Static<typeof testMailBodySchema>;
export type TestMailResult = Type.Static<typeof testMailResultSchema>;
export type OutboundView = Type.Static<typeof outboundViewSchema>;
export type GeneralSettings = Type.Static<typeof generalSettingsSchema>;
export type Topic = Type.Static<typeof topicSchema>;
export type LiveEvent = Type.Static<typeof liveEventSchema>;
