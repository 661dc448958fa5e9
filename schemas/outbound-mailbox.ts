import Type from 'typebox';
import { closed } from './closed.ts';
import { enteredAddressSchema } from './entered-texts.ts';
import { idSchema } from './ids.ts';
import { mailboxNamePattern } from './mailbox-name.ts';
import { senderConnectionSchemas, senderTypeSchemas } from './senders/index.ts';

/** How many mails may leave at most; what a limit holds back waits. Left out: no limit. */
const sendLimitsSchema = closed({
  perSecond: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
  perMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 60_000 })),
  perDay: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
});

/** What a person sets for an outbound mailbox of any type, as it is stored. */
export const outboundProperties = {
  name: Type.String({ pattern: mailboxNamePattern }),
  description: Type.Optional(Type.String({ maxLength: 500 })),
  /** A mailbox that is switched off keeps its mails waiting. */
  enabled: Type.Boolean(),
  /** Header From of what leaves here; by default the address that the mail came to. */
  from: Type.Optional(Type.String({ maxLength: 320 })),
  fromName: Type.Optional(Type.String({ maxLength: 200 })),
  /** From addresses whose mail leaves here though it is not the default: an address, or `*@` and a domain. */
  sendsFor: Type.Array(enteredAddressSchema, { maxItems: 100, uniqueItems: true }),
  envelopeSender: Type.Union([Type.Literal('nobody'), Type.Literal('bounces'), Type.Literal('from')], {
    description:
      'Who hears of it when an answer cannot be delivered: "nobody" is the null sender that RFC 3834 asks for, "bounces" a signed address below bounceAddress, by which delivery reports are matched, "from" the From address',
  }),
  /** An address that Sluice reads, with plus-addressing; reports come to `bounces+<token>@…`. */
  bounceAddress: Type.Optional(enteredAddressSchema),
  connections: Type.Integer({ minimum: 1, maximum: 100, default: 5 }),
  mailsPerConnection: Type.Integer({ minimum: 1, maximum: 10_000, default: 100 }),
  limits: sendLimitsSchema,
};

/** A way out for mail; its connection stands under the name of its type. */
export const outboundMailboxSchema = closed({
  id: idSchema,
  type: Type.Union([...senderTypeSchemas]),
  ...outboundProperties,
  ...senderConnectionSchemas,
});

export type OutboundMailbox = Type.Static<typeof outboundMailboxSchema>;
export type SendLimits = Type.Static<typeof sendLimitsSchema>;
