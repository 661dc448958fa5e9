import Type from 'typebox';
import { alarmPatienceSchema, webhookUrlSchema } from '../alarms.ts';
import { closed } from '../closed.ts';

export const alarmKindSchema = Type.Union([
  Type.Literal('failing'),
  Type.Literal('lagging'),
  Type.Literal('silent'),
  Type.Literal('not-reconciled'),
  Type.Literal('authorisation'),
  Type.Literal('circuit-breaker'),
  Type.Literal('domain'),
  Type.Literal('storage'),
]);

const timeOrNull = Type.Union([Type.String(), Type.Null()]);
const alarmSchema = closed({
  id: Type.String(),
  kind: alarmKindSchema,
  mailbox: Type.Union([Type.String({ description: 'Mailbox id' }), Type.Null()]),
  message: Type.String(),
  raisedAt: Type.String(),
  acknowledgedAt: timeOrNull,
  acknowledgedBy: timeOrNull,
  clearedAt: timeOrNull,
});

/** Open alarms, newest first; then the 50 that were cleared last. */
export const alarmsPageSchema = closed({ open: Type.Array(alarmSchema), cleared: Type.Array(alarmSchema) });
export const alarmViewSchema = alarmSchema;

/** The secret is never returned. Left out it stays; it is needed with the first URL. */
export const alarmSettingsBodySchema = closed({
  patience: alarmPatienceSchema,
  webhook: Type.Union([
    closed({ url: webhookUrlSchema, secret: Type.Optional(Type.String({ minLength: 16, maxLength: 500 })) }),
    Type.Null(),
  ]),
});
export const alarmSettingsViewSchema = closed({
  patience: alarmPatienceSchema,
  webhook: Type.Union([closed({ url: Type.String() }), Type.Null()]),
  undelivered: Type.Integer({ description: 'Messages that wait for another try' }),
});
export const webhookTestSchema = closed({ ok: Type.Boolean(), message: Type.String() });

export type AlarmKind = Type.Static<typeof alarmKindSchema>;
export type Alarm = Type.Static<typeof alarmSchema>;
export type AlarmsPage = Type.Static<typeof alarmsPageSchema>;
export type WebhookTest = Type.Static<typeof webhookTestSchema>;
export type AlarmSettingsBody = Type.Static<typeof alarmSettingsBodySchema>;
export type AlarmSettingsView = Type.Static<typeof alarmSettingsViewSchema>;
