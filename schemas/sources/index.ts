import Type from 'typebox';
import { ewsConnectionSchema, ewsViewSchema } from './ews.ts';
import { graphConnectionSchema } from './graph.ts';
import { imapConnectionSchema, imapViewSchema } from './imap.ts';
import { pop3ConnectionSchema, pop3ViewSchema } from './pop3.ts';

/**
 * The types of mailboxes that mail is fetched from, one line each: how the connection is stored and shown. The built-in receiver is not among
 * them: it exists once, and has no connection. The other tables are in schemas/api/mailboxes.ts (what is entered), runtime/mailboxes/source-types.ts
 * (what is done) and designer/pages/mailboxes/sources/index.ts (the form).
 */
export const connectionSchemas = {
  imap: Type.Optional(imapConnectionSchema),
  pop3: Type.Optional(pop3ConnectionSchema),
  graph: Type.Optional(graphConnectionSchema),
  ews: Type.Optional(ewsConnectionSchema),
};
export const connectionViewSchemas = {
  imap: Type.Optional(imapViewSchema),
  pop3: Type.Optional(pop3ViewSchema),
  graph: Type.Optional(graphConnectionSchema),
  ews: Type.Optional(ewsViewSchema),
};
export const sourceTypeSchemas = [
  Type.Literal('imap'),
  Type.Literal('pop3'),
  Type.Literal('graph'),
  Type.Literal('ews'),
] as const;

export type SourceTypeName = keyof typeof connectionSchemas;
export const sourceTypeNames = sourceTypeSchemas.map((schema) => schema.const);
