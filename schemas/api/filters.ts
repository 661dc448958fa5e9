import Type from 'typebox';
import { closed } from '../closed.ts';
import { filterRulesSchema, filtersSchema } from '../filters.ts';

/** Filters of all mailboxes, and what belongs to no single one. */
export const generalFiltersSchema = closed({
  rules: filterRulesSchema,
  trustedServers: filtersSchema.properties.trustedServers,
  confirmDays: filtersSchema.properties.confirmDays,
});

/** A mail that came (`interaction`), or one made up. `rules` stand in for the mailbox's own without being saved. */
export const filterTryBodySchema = closed({
  rules: Type.Optional(filterRulesSchema),
  interaction: Type.Optional(Type.String({ maxLength: 64 })),
  from: Type.Optional(Type.String({ maxLength: 320 })),
  subject: Type.Optional(Type.String({ maxLength: 1_000 })),
  attachments: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }), { maxItems: 1_000, description: 'Their bytes' })),
});
export const filterTryResultSchema = closed({
  outcome: Type.Union([Type.Literal('pass'), Type.Literal('skip'), Type.Literal('ask')]),
  reason: Type.String({ description: 'With a stable code before the colon where it does not pass' }),
});

export const allowSenderBodySchema = closed({ sender: Type.String({ minLength: 1, maxLength: 320 }) });

export type FilterTryBody = Type.Static<typeof filterTryBodySchema>;
export type FilterTryResult = Type.Static<typeof filterTryResultSchema>;
export type GeneralFilters = Type.Static<typeof generalFiltersSchema>;
