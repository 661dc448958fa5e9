import Type from 'typebox';
import { closed } from './closed.ts';

const addressSchema = closed({
  address: Type.String({ description: 'Lower-case domain, local part as sent; empty if none could be read' }),
  name: Type.String(),
  domain: Type.String({ description: 'Lower case' }),
});

const attachmentSchema = closed({
  name: Type.String(),
  type: Type.String({ description: 'MIME type, lower case' }),
  size: Type.Integer({ description: 'Decoded bytes' }),
  inline: Type.Boolean(),
  within: Type.Optional(
    Type.String({ description: 'Name of the attachment that it was unpacked from (winmail.dat); left out elsewhere' }),
  ),
});

const verdictSchema = Type.Union([
  Type.Literal('isAutoReply'),
  Type.Literal('isBounce'),
  Type.Literal('isList'),
  Type.Literal('mayAutoRespond'),
]);

/** Why a verdict is what it is: the header and value that decided, in words for a person. */
const evidenceSchema = closed({
  verdict: verdictSchema,
  header: Type.String({ description: 'Lower-case header name, or "envelope", "body"' }),
  value: Type.String({ description: 'As it stood in the mail, at most 200 characters' }),
  reason: Type.String(),
});

/** Verdicts of RFC 8601; "none" where nobody trustworthy looked. */
const authenticationSchema = closed({
  spf: Type.String(),
  dkim: Type.String(),
  dmarc: Type.String(),
  sender: Type.Optional(
    Type.Union([Type.Literal('proved'), Type.Literal('unproved'), Type.Literal('forged'), Type.Literal('unknown')], {
      description:
        'Whether the domain of the From header stands behind the mail; `forged`: it asks to refuse such mail; left out where nobody looked',
    }),
  ),
  by: Type.Optional(Type.String({ description: '"Sluice", or the trusted mail server that looked' })),
  evidence: Type.Optional(
    Type.Array(
      closed({
        method: Type.String({ description: 'spf, dkim or dmarc' }),
        result: Type.String(),
        domain: Type.String({ description: 'That it is about; empty where that was not said' }),
        reason: Type.String({ description: 'In words' }),
      }),
    ),
  ),
});

/** The mail as conditions and templates see it. */
export const emailSchema = closed({
  subject: Type.String(),
  from: addressSchema,
  to: Type.Array(addressSchema),
  cc: Type.Array(addressSchema),
  replyTo: Type.Array(addressSchema),
  date: Type.Union([Type.String({ description: 'ISO 8601, UTC' }), Type.Null()]),
  messageId: Type.String({ description: 'Without angle brackets; empty if the mail has none' }),
  inReplyTo: Type.String({ description: 'Without angle brackets' }),
  references: Type.Array(Type.String(), { description: 'Without angle brackets, oldest first' }),
  headers: Type.Record(Type.String(), Type.Array(Type.String()), {
    description: 'Lower-case name → decoded values, in order; a null-prototype object at run time',
  }),
  text: Type.String(),
  html: Type.String(),
  preview: Type.String({ description: 'The first 200 characters of the reply text, white space folded' }),
  replyText: Type.String({ description: 'What the sender wrote now, without quoted text and signature' }),
  attachments: Type.Array(attachmentSchema),
  size: Type.Integer({ description: 'Bytes of the raw mail' }),
  language: Type.String({ description: 'ISO 639-1; empty if unsure' }),
  isAutoReply: Type.Boolean(),
  isBounce: Type.Boolean(),
  isList: Type.Boolean(),
  mayAutoRespond: Type.Boolean(),
  evidence: Type.Array(evidenceSchema),
  authentication: authenticationSchema,
});

export type Address = Type.Static<typeof addressSchema>;
export type Attachment = Type.Static<typeof attachmentSchema>;
export type Verdict = Type.Static<typeof verdictSchema>;
export type Evidence = Type.Static<typeof evidenceSchema>;
export type Authentication = Type.Static<typeof authenticationSchema>;
export type AuthenticationEvidence = NonNullable<Authentication['evidence']>[number];
export type Email = Type.Static<typeof emailSchema>;
