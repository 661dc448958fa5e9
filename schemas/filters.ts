import Type from 'typebox';
import { closed } from './closed.ts';
import { idSchema } from './ids.ts';
import { maxPatternLength } from './operators.ts';

const senders = Type.Array(Type.String({ minLength: 1, maxLength: 320 }), {
  maxItems: 2_000,
  description: 'name@example.org, example.org, or with * for any text: *@*.example.org',
});
const lists = Type.Array(idSchema, { maxItems: 50, description: 'Named lists whose values are senders, too' });

const keywordSchema = closed({
  header: Type.String({ pattern: '^[A-Za-z0-9-]{1,76}$', description: '"subject", or the name of another header' }),
  text: Type.String({ minLength: 1, maxLength: maxPatternLength }),
  isPattern: Type.Optional(Type.Boolean({ description: 'The text is a regular expression (RE2)' })),
});

/** What is kept away from the flows. A filtered mail is stored and recorded, and can be let through later. */
export const filterRulesSchema = closed({
  /** Their mail passes every filter. */
  allow: senders,
  allowLists: lists,
  /** Everybody else's mail is skipped. */
  onlyAllowed: Type.Boolean(),
  block: senders,
  blockLists: lists,
  keywords: Type.Array(keywordSchema, { maxItems: 500 }),
  /** Null: no limit. */
  maxAttachments: Type.Union([Type.Integer({ minimum: 0, maximum: 1_000 }), Type.Null()]),
  maxAttachmentBytes: Type.Union([Type.Integer({ minimum: 0, maximum: 104_857_600 }), Type.Null()]),
  /** A sender whom nobody here knows is asked once to confirm; the mail is held until then. */
  confirmStrangers: Type.Boolean(),
});

/** Filters of all mailboxes together, and of single ones. Both apply. */
export const filtersSchema = closed({
  everywhere: filterRulesSchema,
  mailboxes: Type.Record(Type.String({ maxLength: 64 }), filterRulesSchema),
  /** Names by which our own mail servers sign their Authentication-Results (RFC 8601); results of anybody else count for nothing. */
  trustedServers: Type.Array(Type.String({ minLength: 1, maxLength: 253 }), { maxItems: 50 }),
  /** How long the link of a confirmation works. */
  confirmDays: Type.Integer({ minimum: 1, maximum: 30 }),
});

export type FilterKeyword = Type.Static<typeof keywordSchema>;
export type FilterRules = Type.Static<typeof filterRulesSchema>;
export type Filters = Type.Static<typeof filtersSchema>;

/** Rules that let everything pass. */
export function noRules(): FilterRules {
  return {
    allow: [],
    allowLists: [],
    onlyAllowed: false,
    block: [],
    blockLists: [],
    keywords: [],
    maxAttachments: null,
    maxAttachmentBytes: null,
    confirmStrangers: false,
  };
}

export function noFilters(): Filters {
  return { everywhere: noRules(), mailboxes: {}, trustedServers: [], confirmDays: 7 };
}
