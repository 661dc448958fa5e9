import Type from 'typebox';
import { closed } from '../closed.ts';
import { idSchema } from '../ids.ts';
import { outboxStateSchema } from '../interaction.ts';
import { removalSchema } from '../retention.ts';
import { headerTextPattern } from '../route.ts';

/** How many people one answer may reach: a discussion has a handful, a mailing is not written at a desk. */
export const maxRecipients = 20;
export const maxReplyCharacters = 200_000;
export const maxFiles = 20;
/** Of all files of an answer: what most servers take once base64 has made it a third larger. */
export const maxFileBytes = 10_485_760;
/** Files times recipients, since each recipient's mail waits by itself. */
export const maxSentBytes = 62_914_560;
/** Long enough to see what one has just sent, short enough for the customer not to notice. */
export const usualHoldSeconds = 8;
export const maxHoldSeconds = 60;

const addressTextSchema = Type.String({ minLength: 1, maxLength: 320 });
const addressesSchema = Type.Array(addressTextSchema, { maxItems: maxRecipients });

/** An answer that somebody has begun to write: nothing in it was checked yet. */
export const replyDraftBodySchema = closed({
  to: addressesSchema,
  cc: addressesSchema,
  subject: Type.String({ maxLength: 500 }),
  text: Type.String({ maxLength: maxReplyCharacters }),
  from: Type.Optional(idSchema),
  quote: Type.Boolean(),
});
const replyDraftSchema = closed({
  ...replyDraftBodySchema.properties,
  savedAt: Type.String({ description: 'ISO 8601, UTC' }),
});

const replyFileSchema = closed({
  id: Type.String(),
  name: Type.String({ description: 'Without a path and without what could mislead' }),
  type: Type.String(),
  size: Type.Integer({ description: 'Bytes' }),
});
export const replyFilesSchema = closed({ items: Type.Array(replyFileSchema) });
export const replyFileQuerySchema = closed({
  name: Type.String({ minLength: 1, maxLength: 500 }),
  type: Type.Optional(Type.String({ maxLength: 200 })),
});

const replySenderSchema = closed({
  id: Type.Union([idSchema, Type.Null()], {
    description: 'Null for the address that the route or mailbox has by itself',
  }),
  address: Type.String({ description: 'Empty where there is none' }),
  name: Type.String(),
  group: Type.String({ description: 'Empty for none' }),
  problem: Type.String({ description: 'Why it must not be used; empty if it may' }),
});

/** What somebody who wants to answer a mail begins with. */
export const replyStartSchema = closed({
  problem: Type.String({ description: 'Why the mail cannot be answered; empty if it can' }),
  to: Type.Array(Type.String(), { description: 'Whom a reply goes to' }),
  toAll: closed({ to: Type.Array(Type.String()), cc: Type.Array(Type.String()) }),
  subject: Type.String(),
  senders: Type.Array(replySenderSchema, { description: 'The first is the one that the route has' }),
  signature: Type.String({ description: 'Is put below; empty for none' }),
  quote: Type.Boolean({ description: 'Whether the route wants the mail quoted below' }),
  quoted: Type.String({ description: 'The mail as it would be quoted; empty where it has no text' }),
  warnings: Type.Array(Type.String(), { description: 'What to look at before answering, in words' }),
  files: Type.Array(replyFileSchema, { description: 'That the caller has attached to the draft' }),
  draft: Type.Union([replyDraftSchema, Type.Null()], { description: "The caller's own" }),
});

export const replyBodySchema = closed({
  key: Type.String({
    pattern: '^[A-Za-z0-9-]{8,64}$',
    description: 'Chosen by the caller: the same key again sends nothing more, and is answered with what was sent',
  }),
  to: Type.Array(addressTextSchema, { minItems: 1, maxItems: maxRecipients }),
  cc: Type.Optional(addressesSchema),
  subject: Type.String({ maxLength: 300, pattern: headerTextPattern }),
  text: Type.String({ minLength: 1, maxLength: maxReplyCharacters, description: 'Plain text, without signature' }),
  from: Type.Optional(Type.String({ maxLength: 64, description: 'Id of a from address; left out: that of the route' })),
  quote: Type.Optional(Type.Boolean({ description: 'Put the mail below; left out: as the route says' })),
  files: Type.Optional(
    Type.Array(Type.String({ maxLength: 64 }), { maxItems: maxFiles, description: 'Ids of files of the own draft' }),
  ),
  finish: Type.Optional(Type.Boolean({ description: 'End the work on the mail, too' })),
  holdSeconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: maxHoldSeconds,
      description: 'How long it can be taken back before it leaves',
    }),
  ),
  lastSeen: Type.Optional(
    Type.String({
      maxLength: 64,
      description:
        'Id of the newest reply of the conversation that the caller has seen; empty for none. One by somebody else that came later refuses the call',
    }),
  ),
});

const replyMailSchema = closed({
  id: Type.String({ description: 'Id in the outbox' }),
  to: Type.String(),
  state: outboxStateSchema,
  reason: Type.String(),
});
/** An answer that a person wrote. */
export const replySchema = closed({
  id: Type.String(),
  interaction: Type.String({ description: 'The mail that it answers' }),
  who: Type.String({ description: 'Id of the user or token' }),
  whoName: Type.String(),
  at: Type.String({ description: 'ISO 8601, UTC' }),
  from: Type.String(),
  to: Type.Array(Type.String()),
  cc: Type.Array(Type.String()),
  subject: Type.String(),
  text: Type.String({ description: 'As it was written: without signature and quoted mail' }),
  files: Type.Array(replyFileSchema),
  removed: Type.Union([removalSchema, Type.Null()], {
    description: 'Where its text is not here any more: since when, and by which rule',
  }),
  isTakenBack: Type.Boolean(),
  heldForMs: Type.Integer({ description: 'How long it can still be taken back; 0: not any more' }),
  mails: Type.Array(replyMailSchema, { description: 'One for each recipient; empty where it was taken back' }),
});
export const repliesSchema = closed({ items: Type.Array(replySchema, { description: 'Oldest first' }) });

export type ReplyDraftBody = Type.Static<typeof replyDraftBodySchema>;
export type ReplyDraft = Type.Static<typeof replyDraftSchema>;
export type ReplyFile = Type.Static<typeof replyFileSchema>;
export type ReplyFiles = Type.Static<typeof replyFilesSchema>;
export type ReplySender = Type.Static<typeof replySenderSchema>;
export type ReplyStart = Type.Static<typeof replyStartSchema>;
export type ReplyBody = Type.Static<typeof replyBodySchema>;
export type SentReply = Type.Static<typeof replySchema>;
export type Replies = Type.Static<typeof repliesSchema>;
