import Type from 'typebox';
import { closed } from '../closed.ts';
import { page, pageQuery, searchText } from './paging.ts';

/** JSON text, cut where it is very long; null where there was nothing, or is nothing any more. Secrets are never among it. */
const valueSchema = Type.Union([Type.String(), Type.Null()]);

const auditChangeSchema = closed({
  /** Where in the settings, entries of a list by their id: `/mailboxes/support/enabled`; of other changes a field of what was asked. */
  path: Type.String(),
  before: valueSchema,
  after: valueSchema,
});

const auditItemSchema = closed({
  id: Type.String(),
  at: Type.String(),
  who: closed({ id: Type.String(), name: Type.String(), role: Type.String(), by: Type.String() }),
  address: Type.String(),
  method: Type.String(),
  path: Type.String(),
  what: Type.String(),
  target: Type.Record(Type.String(), Type.String()),
  changes: Type.Array(auditChangeSchema),
});

export const auditQuerySchema = closed({
  who: Type.Optional(Type.String({ maxLength: 64, description: 'Id of a user or token' })),
  search: searchText('In what was done, to what, and by whom'),
  ...pageQuery,
});
export const auditPageSchema = page(auditItemSchema);

export type AuditChange = Type.Static<typeof auditChangeSchema>;
export type AuditItem = Type.Static<typeof auditItemSchema>;
export type AuditQuery = Type.Static<typeof auditQuerySchema>;
export type AuditPage = Type.Static<typeof auditPageSchema>;
