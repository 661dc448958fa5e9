import Type from 'typebox';
import { closed } from './closed.ts';
import { sealedSchema } from './secrets.ts';

export const webhookUrlSchema = Type.String({ pattern: '^https?://', maxLength: 2_000 });
const minutes = Type.Integer({ minimum: 1, maximum: 10_080 });

/** After how long a mailbox in trouble is an alarm, in minutes. */
export const alarmPatienceSchema = closed({
  /** Not connected. */
  failingMinutes: minutes,
  /** Behind the server, and not getting closer. */
  laggingMinutes: minutes,
  /** Connected but silent: at least so long, however busy the mailbox is as a rule. */
  silentMinutes: minutes,
});

export const alarmsSchema = closed({
  patience: alarmPatienceSchema,
  /** Null: alarms are told nowhere else. */
  webhook: Type.Union([closed({ url: webhookUrlSchema, secret: sealedSchema }), Type.Null()]),
});

/** Nightly comparison with the mail servers: time of day of this machine, and single mailboxes that differ. */
export const reconciliationSchema = closed({
  at: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
  mailboxes: Type.Record(Type.String({ maxLength: 64 }), Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })),
});

export type AlarmSettings = Type.Static<typeof alarmsSchema>;
export type ReconciliationSettings = Type.Static<typeof reconciliationSchema>;

export function usualAlarms(): AlarmSettings {
  return { patience: { failingMinutes: 15, laggingMinutes: 15, silentMinutes: 60 }, webhook: null };
}

export function usualReconciliation(): ReconciliationSettings {
  return { at: '03:00', mailboxes: {} };
}
