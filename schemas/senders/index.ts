import Type from 'typebox';
import { graphSenderSchema } from './graph.ts';
import { smtpSenderSchema, smtpSenderViewSchema } from './smtp.ts';

/**
 * The types of outbound mailboxes, one line each: how the connection is stored and shown. The other tables are in
 * schemas/api/outbound-mailboxes.ts (what is entered), runtime/outbound/sender-types.ts (what is done) and
 * designer/pages/mailboxes/senders/index.ts (the form).
 */
export const senderConnectionSchemas = {
  smtp: Type.Optional(smtpSenderSchema),
  graph: Type.Optional(graphSenderSchema),
};
export const senderViewSchemas = {
  smtp: Type.Optional(smtpSenderViewSchema),
  graph: Type.Optional(graphSenderSchema),
};
export const senderTypeSchemas = [Type.Literal('smtp'), Type.Literal('graph')] as const;

export type SenderTypeName = keyof typeof senderConnectionSchemas;
export const senderTypeNames = senderTypeSchemas.map((schema) => schema.const);
