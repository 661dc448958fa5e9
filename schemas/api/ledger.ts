import Type from 'typebox';
import { closed } from '../closed.ts';
import { ledgerStateSchema } from '../interaction.ts';
import { removalSchema } from '../retention.ts';
import { page, pageQuery } from './paging.ts';

const ledgerItemSchema = closed({
  id: Type.Integer(),
  mailbox: Type.String(),
  folder: Type.String(),
  serverKey: Type.String(),
  state: ledgerStateSchema,
  reason: Type.String(),
  size: Type.Integer(),
  attempts: Type.Integer(),
  receivedAt: Type.String(),
  settledAt: Type.Union([Type.String(), Type.Null()]),
  interaction: Type.Union([Type.String(), Type.Null()]),
  removed: Type.Union([removalSchema, Type.Null()], {
    description: 'Where the mail, or its source, is not here any more: since when, and by which rule',
  }),
});
export const ledgerQuerySchema = closed({
  state: Type.Optional(ledgerStateSchema),
  mailbox: Type.Optional(Type.String({ maxLength: 64 })),
  ...pageQuery,
});
/** `counts` holds every state, also those with none, whatever the filter. */
export const ledgerPageSchema = closed({
  counts: Type.Record(Type.String(), Type.Integer()),
  ...page(ledgerItemSchema).properties,
});

export type LedgerItem = Type.Static<typeof ledgerItemSchema>;
export type LedgerQuery = Type.Static<typeof ledgerQuerySchema>;
export type LedgerPage = Type.Static<typeof ledgerPageSchema>;
