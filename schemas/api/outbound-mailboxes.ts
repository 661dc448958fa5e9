import Type from 'typebox';
import { closed } from '../closed.ts';
import { optionalAddressPattern } from '../entered-texts.ts';
import { outboundMailboxSchema, outboundProperties } from '../outbound-mailbox.ts';
import { headerTextPattern } from '../route.ts';
import { graphSenderBodyProperties } from '../senders/graph.ts';
import { type SenderTypeName, senderViewSchemas } from '../senders/index.ts';
import { smtpSenderBodyProperties } from '../senders/smtp.ts';

const outboundStatusSchema = closed({
  state: Type.Union([Type.Literal('ready'), Type.Literal('slowed'), Type.Literal('suspended'), Type.Literal('off')], {
    description:
      '"slowed": the server asked for patience, one mail at a time leaves; "suspended": nothing leaves until the next try, or until somebody mends what the reason says; "off": switched off',
  }),
  reason: Type.Optional(Type.String({ description: 'Why it is slowed or suspended' })),
  nextTryAt: Type.Optional(Type.String()),
  lastSuccessAt: Type.Optional(Type.String()),
  note: Type.Optional(Type.String({ description: 'A peculiarity of the server that somebody should know' })),
  inFlight: Type.Integer(),
  waiting: Type.Integer(),
  delayed: Type.Integer({
    description: 'Of those waiting, how many wait for more than 2 days; after 4 they are given up',
  }),
  oldestWaitingAt: Type.Optional(Type.String()),
});

/** No secret is ever returned. */
export const outboundMailboxViewSchema = closed({
  ...outboundMailboxSchema.properties,
  ...senderViewSchemas,
  isDefault: Type.Boolean(),
  status: outboundStatusSchema,
});
export const outboundMailboxesSchema = closed({ items: Type.Array(outboundMailboxViewSchema) });

const commonProperties = {
  ...Type.Partial(closed(outboundProperties)).properties,
  name: outboundProperties.name,
  from: Type.Optional(Type.String({ maxLength: 320, pattern: optionalAddressPattern })),
  fromName: Type.Optional(Type.String({ maxLength: 200, pattern: headerTextPattern })),
  isDefault: Type.Optional(
    Type.Boolean({ description: 'True makes it the default; the first one becomes it by itself' }),
  ),
};

/** What a person enters, by type of outbound mailbox. Left out: switched on, 5 connections, no limits, the null sender. */
const bodySchemas = {
  smtp: closed({ ...commonProperties, type: Type.Literal('smtp'), ...smtpSenderBodyProperties }),
  graph: closed({ ...commonProperties, type: Type.Literal('graph'), ...graphSenderBodyProperties }),
};

type BodyByType = { [T in SenderTypeName]: Type.Static<(typeof bodySchemas)[T]> };
export type OutboundMailboxBody<T extends SenderTypeName = SenderTypeName> = BodyByType[T];

export const outboundMailboxBodySchema = Type.Unsafe<OutboundMailboxBody>({
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: Object.values(bodySchemas),
});
/** What is left out stays as it is, the password too; an empty text clears. Only its own type's properties can be changed. */
export const outboundMailboxChangeSchema = Type.Partial(
  closed({
    ...commonProperties,
    bounceAddress: Type.Optional(Type.String({ maxLength: 320 })),
    ...graphSenderBodyProperties,
    // Both know a user and an authorisation; SMTP may do without.
    ...smtpSenderBodyProperties,
  }),
  { additionalProperties: false },
);

export const outboundTestBodySchema = closed({ to: Type.String({ minLength: 3, maxLength: 320 }) });
export const outboundTestResultSchema = closed({ state: Type.String(), detail: Type.String() });

export type OutboundMailboxView = Type.Static<typeof outboundMailboxViewSchema>;
export type OutboundMailboxChange = Type.Static<typeof outboundMailboxChangeSchema>;
export type OutboundStatus = Type.Static<typeof outboundStatusSchema>;
export type OutboundTestBody = Type.Static<typeof outboundTestBodySchema>;
export type OutboundTestResult = Type.Static<typeof outboundTestResultSchema>;
