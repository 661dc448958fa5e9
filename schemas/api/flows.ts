import Type from 'typebox';
import { closed } from '../closed.ts';
import { flowSchema, flowTypeSchema } from '../flow.ts';
import { flowIdSchema } from '../ids.ts';
import { issueSchema } from '../issue.ts';
import { knownModuleSchema } from '../known-module.ts';

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const flowSummarySchema = closed({
  id: flowIdSchema,
  name: Type.String(),
  type: flowTypeSchema,
  description: Type.String(),
  version: nullable(Type.Integer({ description: 'Published version; null if never published' })),
  publishedAt: nullable(Type.String()),
  publishedBy: nullable(Type.String()),
  actions: Type.Integer({ description: 'Number of actions' }),
  draft: nullable(closed({ updatedAt: Type.String(), baseVersion: nullable(Type.Integer()) })),
  issues: Type.Array(issueSchema, { description: 'Of the file on disk, where it is not what is published' }),
});
export const flowsSchema = closed({ items: Type.Array(flowSummarySchema) });
export const newFlowBodySchema = closed({
  id: flowIdSchema,
  name: Type.String({ minLength: 1, maxLength: 200 }),
  type: Type.Optional(flowTypeSchema),
});
/** Published modules, for those who call them. */
export const modulesSchema = closed({ items: Type.Array(knownModuleSchema) });

const versionSummarySchema = closed({
  version: Type.Integer(),
  author: Type.String(),
  message: Type.String(),
  publishedAt: Type.String(),
  commit: nullable(Type.String({ description: 'Git commit, where the flows folder is in a repository' })),
  hash: Type.String({ description: 'SHA-256 of the document: equal where two versions are the same' }),
});
export const versionsSchema = closed({ items: Type.Array(versionSummarySchema) });
export const flowVersionSchema = closed({ ...versionSummarySchema.properties, document: flowSchema });

const historyEntrySchema = closed({
  version: nullable(Type.Integer({ description: 'Null for a commit from before this server knew the flow' })),
  author: Type.String(),
  message: Type.String(),
  at: Type.String(),
  commit: nullable(Type.String()),
  hash: nullable(Type.String()),
});
export const historySchema = closed({ items: Type.Array(historyEntrySchema) });

/** Who is drawing: drafts are their authors' own, that there is one is no secret. */
const draftNoticeSchema = closed({
  user: closed({ id: Type.String(), name: Type.String() }),
  isYours: Type.Boolean(),
  updatedAt: Type.String(),
  baseVersion: nullable(Type.Integer()),
});
export const draftNoticesSchema = closed({ items: Type.Array(draftNoticeSchema) });

/** A draft may be wrong in every way but that it is an object: people save half-drawn flows. */
export const draftSchema = closed({
  document: Type.Unsafe<Record<string, unknown>>(Type.Object({})),
  baseVersion: nullable(Type.Integer()),
  updatedAt: nullable(Type.String({ description: 'Null if there is no draft yet and this is the published document' })),
  revision: Type.Integer({ description: 'Counts saves; 0 if there is no draft yet' }),
});
/** `revision` is the one that was read: another tab that saved meanwhile makes this a 409. */
export const draftBodySchema = closed({
  document: Type.Unsafe<Record<string, unknown>>(Type.Object({})),
  baseVersion: Type.Optional(nullable(Type.Integer())),
  revision: Type.Optional(Type.Integer()),
});

/** Without a document the caller's draft is meant, or else what is published. */
export const checkBodySchema = closed({ document: Type.Optional(Type.Unknown()) });
export const checkResultSchema = closed({ issues: Type.Array(issueSchema) });

/**
 * Publishes `document`, or else the caller's draft. `baseVersion` other than the published one is a 409. The caller's draft is then done
 * with; where `revision` is given, only if it is still that one, so that what another tab saved meanwhile stays.
 */
export const publishBodySchema = closed({
  message: Type.String({ minLength: 1, maxLength: 2_000 }),
  document: Type.Optional(Type.Unknown()),
  baseVersion: Type.Optional(nullable(Type.Integer())),
  overrideCases: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1_000,
      description: 'Why it is published although cases differ; for administrators, kept with the version',
    }),
  ),
  revision: Type.Optional(Type.Integer()),
});
export const publishResultSchema = closed({
  version: Type.Integer(),
  commit: nullable(Type.String()),
  issues: Type.Array(issueSchema, { description: 'Warnings' }),
});

export type FlowSummary = Type.Static<typeof flowSummarySchema>;
export type Flows = Type.Static<typeof flowsSchema>;
export type Modules = Type.Static<typeof modulesSchema>;
export type NewFlowBody = Type.Static<typeof newFlowBodySchema>;
export type VersionSummary = Type.Static<typeof versionSummarySchema>;
export type Versions = Type.Static<typeof versionsSchema>;
export type HistoryEntry = Type.Static<typeof historyEntrySchema>;
export type History = Type.Static<typeof historySchema>;
export type DraftNotice = Type.Static<typeof draftNoticeSchema>;
export type DraftNotices = Type.Static<typeof draftNoticesSchema>;
export type FlowVersion = Type.Static<typeof flowVersionSchema>;
export type Draft = Type.Static<typeof draftSchema>;
export type DraftBody = Type.Static<typeof draftBodySchema>;
export type PublishBody = Type.Static<typeof publishBodySchema>;
export type PublishResult = Type.Static<typeof publishResultSchema>;
