import Type from 'typebox';
import { closed } from '../closed.ts';

const timeOrNull = Type.Union([Type.String(), Type.Null()]);

export const reconciliationViewSchema = closed({
  id: Type.String(),
  cause: Type.Union([Type.Literal('nightly'), Type.Literal('by-hand')]),
  state: Type.Union([Type.Literal('running'), Type.Literal('done'), Type.Literal('failed')]),
  startedAt: Type.String(),
  endedAt: timeOrNull,
  onServer: Type.Integer({ description: 'Mails on the server that came after the set-up and should be in the ledger' }),
  missing: Type.Integer({ description: 'Of these, not in the ledger' }),
  taken: Type.Integer({ description: 'Of the missing, taken now' }),
  doubled: Type.Integer({ description: 'Mails that stand in the ledger twice, though the server has no two' }),
  error: Type.String(),
  nextTryAt: Type.Union([Type.String(), Type.Null()], {
    description: 'Of the newest, where it failed: when it is tried again by itself',
  }),
});
export const reconciliationsSchema = closed({ items: Type.Array(reconciliationViewSchema) });

/** How many mails came, and how long silence is usual; beside what the status of the mailbox says. */
export const mailboxTruthSchema = closed({
  lastHour: Type.Integer(),
  lastDay: Type.Integer(),
  hours: Type.Array(closed({ since: Type.String(), mails: Type.Integer() }), {
    description: 'The last 24, oldest first',
  }),
  lastMailAt: timeOrNull,
  usualSilenceSeconds: Type.Union([Type.Integer(), Type.Null()], {
    description: 'At this time of such a day; null while too little is known',
  }),
  alarmAfterSeconds: Type.Union([Type.Integer(), Type.Null()]),
});

export type ReconciliationView = Type.Static<typeof reconciliationViewSchema>;
export type Reconciliations = Type.Static<typeof reconciliationsSchema>;
export type MailboxTruth = Type.Static<typeof mailboxTruthSchema>;
