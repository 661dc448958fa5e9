import Type from 'typebox';
import { closed } from './closed.ts';

/** Of what there are rules, in the order in which a run goes through it: whole mails first, so that nothing is taken from them that goes anyway. */
export const retentionKinds = ['mails', 'sources', 'runs', 'outgoing', 'audit', 'history'] as const;

/** Two at least: the budgets of auto-responses look a day back, and clocks differ. */
const daysSchema = Type.Union([Type.Integer({ minimum: 2, maximum: 36_500 }), Type.Null()], {
  description: 'Days that it is kept after it was done with; null: for ever',
});

export const retentionRulesSchema = closed({
  mails: daysSchema,
  sources: daysSchema,
  runs: daysSchema,
  outgoing: daysSchema,
  audit: daysSchema,
  history: daysSchema,
});

export const retentionAtSchema = Type.String({
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  description: 'Time of day of this machine at which what the rules name is removed',
});

export const retentionSchema = closed({
  at: retentionAtSchema,
  rules: retentionRulesSchema,
  /** Rules apply from the night after they were made: until then they can be taken back. */
  changedAt: Type.String(),
});

/** Why something is not here any more. */
export const removalSchema = closed({
  at: Type.String({ description: 'ISO 8601, UTC' }),
  days: Type.Integer({ description: 'Of the rule by which it was removed' }),
});

export type RetentionKind = (typeof retentionKinds)[number];
export type RetentionRules = Type.Static<typeof retentionRulesSchema>;
export type RetentionSettings = Type.Static<typeof retentionSchema>;
export type Removal = Type.Static<typeof removalSchema>;

/** Nothing is lost that nobody asked to lose. */
export function keepAll(): RetentionRules {
  return { mails: null, sources: null, runs: null, outgoing: null, audit: null, history: null };
}

export function usualRetention(): RetentionSettings {
  return { at: '02:30', rules: keepAll(), changedAt: new Date(0).toISOString() };
}
