import Type from 'typebox';
import { closed } from '../closed.ts';
import { flowIdSchema, idSchema } from '../ids.ts';
import { namedListSchema } from '../named-list.ts';

export const usedBySchema = Type.Array(closed({ id: flowIdSchema, name: Type.String() }), {
  description: 'Published flows that name it',
});

const filterUseSchema = closed({
  mailbox: Type.Union([idSchema, Type.Null()], { description: 'Null: the filters of all mailboxes' }),
  name: Type.String(),
});
const filterUsesSchema = Type.Array(filterUseSchema, { description: 'Filters that look senders up in it' });

const listSummarySchema = closed({
  ...Type.Omit(namedListSchema, ['values']).properties,
  count: Type.Integer({ description: 'Number of values' }),
  usedBy: usedBySchema,
  filters: filterUsesSchema,
});
export const listsSchema = closed({ items: Type.Array(listSummarySchema) });
const revisionSchema = Type.String({ maxLength: 64, description: 'Another one whenever the values are others' });
export const listViewSchema = closed({
  ...namedListSchema.properties,
  usedBy: usedBySchema,
  filters: filterUsesSchema,
  revision: revisionSchema,
});
export const listBodySchema = namedListSchema;
/** `revision` is that of the list that was read: another who changed its values meanwhile makes this a 409. */
export const listChangeSchema = closed({
  ...Type.Partial(Type.Omit(namedListSchema, ['id'])).properties,
  revision: Type.Optional(revisionSchema),
});

export type FilterUse = Type.Static<typeof filterUseSchema>;
export type UsedBy = Type.Static<typeof usedBySchema>;
export type ListSummary = Type.Static<typeof listSummarySchema>;
export type Lists = Type.Static<typeof listsSchema>;
export type ListView = Type.Static<typeof listViewSchema>;
export type ListBody = Type.Static<typeof listBodySchema>;
export type ListChange = Type.Static<typeof listChangeSchema>;
