import Type from 'typebox';
import { closed } from '../closed.ts';
import { retentionAtSchema, retentionRulesSchema } from '../retention.ts';

const count = Type.Integer({ minimum: 0 });
/** Rows by kind. */
const countsSchema = closed({
  mails: count,
  sources: count,
  runs: count,
  outgoing: count,
  audit: count,
  history: count,
});

export const retentionRunSchema = closed({
  id: Type.String(),
  cause: Type.Union([Type.Literal('nightly'), Type.Literal('by-hand')]),
  state: Type.Union([Type.Literal('running'), Type.Literal('done'), Type.Literal('failed'), Type.Literal('skipped')], {
    description: 'skipped: a night that was left out because the clock jumped',
  }),
  startedAt: Type.String(),
  endedAt: Type.Union([Type.String(), Type.Null()]),
  removed: countsSchema,
  error: Type.String({ description: 'Why it failed or was skipped, in words' }),
});

export const retentionViewSchema = closed({
  at: retentionAtSchema,
  rules: retentionRulesSchema,
  nextAt: Type.Union([Type.String(), Type.Null()], { description: 'Null where no rule is set' }),
  runs: Type.Array(retentionRunSchema, { description: 'The last ones, newest first' }),
  store: closed({
    bytes: Type.Integer({ description: 'Size of the database file' }),
    freeBytes: Type.Integer({ description: 'Of them free: new mail takes this space before the file grows' }),
  }),
});

export const retentionBodySchema = closed({ at: retentionAtSchema, rules: retentionRulesSchema });
export const retentionPreviewBodySchema = closed({ rules: retentionRulesSchema });
export const retentionPreviewSchema = closed({ counts: countsSchema });

export type RetentionCounts = Type.Static<typeof countsSchema>;
export type RetentionRun = Type.Static<typeof retentionRunSchema>;
export type RetentionView = Type.Static<typeof retentionViewSchema>;
export type RetentionBody = Type.Static<typeof retentionBodySchema>;
export type RetentionPreview = Type.Static<typeof retentionPreviewSchema>;
