import Type from 'typebox';
import { closed } from '../closed.ts';
import { connectionSecuritySchema, mailboxNamePattern, mailboxSchema } from '../settings.ts';

const mailboxStatusSchema = closed({
  state: Type.Union([
    Type.Literal('starting'),
    Type.Literal('connected'),
    Type.Literal('retrying'),
    Type.Literal('failed'),
    Type.Literal('stopped'),
  ]),
  newestOnServer: Type.Optional(Type.String()),
  newestTaken: Type.Optional(Type.String()),
  lag: Type.Optional(Type.Integer()),
  lastSuccessAt: Type.Optional(Type.String()),
  nextRetryAt: Type.Optional(Type.String()),
  lastError: Type.Optional(closed({ code: Type.String(), message: Type.String(), at: Type.String() })),
});

const imapViewSchema = closed({
  host: Type.String(),
  port: Type.Integer(),
  security: connectionSecuritySchema,
  ca: Type.Optional(Type.String()),
  username: Type.String(),
});

/** The password is never returned. */
export const mailboxViewSchema = closed({
  ...mailboxSchema.properties,
  imap: Type.Optional(imapViewSchema),
  status: mailboxStatusSchema,
});
export const mailboxesSchema = closed({ items: Type.Array(mailboxViewSchema) });

/** What a person enters for an IMAP mailbox. `id` is made from the name. Left out: port by security, folder INBOX, poll 60 s, enabled. */
export const mailboxBodySchema = closed({
  name: Type.String({ pattern: mailboxNamePattern, description: 'Letters, digits and @ _ . - , at most 40' }),
  description: Type.Optional(Type.String({ maxLength: 500 })),
  type: Type.Literal('imap'),
  address: Type.String({ minLength: 3, maxLength: 320 }),
  host: Type.String({ minLength: 1, maxLength: 253 }),
  port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
  security: Type.Optional(connectionSecuritySchema),
  ca: Type.Optional(Type.String({ maxLength: 100_000 })),
  username: Type.String({ minLength: 1, maxLength: 320 }),
  password: Type.String({ maxLength: 4_000 }),
  folders: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { minItems: 1, maxItems: 5 })),
  pollSeconds: Type.Optional(Type.Integer({ minimum: 30, maximum: 3_600 })),
  maxBytes: Type.Optional(Type.Integer({ minimum: 1_048_576, maximum: 52_428_800 })),
  enabled: Type.Optional(Type.Boolean()),
  flow: Type.Optional(Type.String({ description: 'Makes a route from this mailbox to the flow' })),
});
/** An absent password keeps the stored one. */
export const mailboxChangeSchema = Type.Partial(Type.Omit(mailboxBodySchema, ['type', 'flow']), {
  additionalProperties: false,
});

export const verifyReportSchema = closed({
  ok: Type.Boolean(),
  steps: Type.Array(closed({ name: Type.String(), ok: Type.Boolean(), message: Type.String() })),
  folders: Type.Optional(
    Type.Array(
      closed({
        path: Type.String(),
        messages: Type.Integer(),
        unseen: Type.Integer(),
        specialUse: Type.Optional(Type.String()),
      }),
    ),
  ),
});

export type MailboxView = Type.Static<typeof mailboxViewSchema>;
export type Mailboxes = Type.Static<typeof mailboxesSchema>;
export type MailboxBody = Type.Static<typeof mailboxBodySchema>;
export type MailboxChange = Type.Static<typeof mailboxChangeSchema>;
export type VerifyReportView = Type.Static<typeof verifyReportSchema>;
