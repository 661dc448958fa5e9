import Type from 'typebox';
import { closed } from '../closed.ts';
import { enteredAddressSchema } from '../entered-texts.ts';
import { flowIdSchema, idSchema } from '../ids.ts';
import { mailboxNamePattern } from '../mailbox-name.ts';
import { mailboxSchema } from '../settings.ts';
import { ewsBodyProperties } from '../sources/ews.ts';
import { graphBodyProperties } from '../sources/graph.ts';
import { imapBodyProperties } from '../sources/imap.ts';
import { connectionViewSchemas, type SourceTypeName } from '../sources/index.ts';
import { pop3BodyProperties } from '../sources/pop3.ts';

const problemSchema = closed({ code: Type.String(), message: Type.String(), at: Type.String() });

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
  lastError: Type.Optional(problemSchema),
  problems: Type.Optional(
    Type.Array(problemSchema, { description: 'What is wrong although mail is taken, such as a folder that has gone' }),
  ),
});

/** No secret is ever returned. */
export const mailboxViewSchema = closed({
  ...mailboxSchema.properties,
  ...connectionViewSchemas,
  status: mailboxStatusSchema,
});
export const mailboxesSchema = closed({ items: Type.Array(mailboxViewSchema) });

/** 5 to 20 MB. */
export const maxBytesLimits = { least: 5 * 1_048_576, most: 20 * 1_048_576 };

const commonProperties = {
  name: Type.String({ pattern: mailboxNamePattern, description: 'Letters, digits and @ _ . - , at most 40' }),
  description: Type.Optional(Type.String({ maxLength: 500 })),
  address: enteredAddressSchema,
  pollSeconds: Type.Optional(Type.Integer({ minimum: 30, maximum: 3_600 })),
  maxBytes: Type.Optional(
    Type.Integer({
      minimum: maxBytesLimits.least,
      maximum: maxBytesLimits.most,
      default: maxBytesLimits.least,
      description: 'Of a larger mail, headers and first text are taken; the rest can be fetched later',
    }),
  ),
  enabled: Type.Optional(Type.Boolean()),
};

function bodySchemaOf<T extends SourceTypeName, P extends Type.TProperties>(type: T, properties: P) {
  return closed({
    ...commonProperties,
    type: Type.Literal(type),
    ...properties,
    flow: Type.Optional(Type.String({ ...flowIdSchema, description: 'Makes a route from this mailbox to the flow' })),
  });
}

/** What a person enters, by type of mailbox. */
const bodySchemas = {
  imap: bodySchemaOf('imap', imapBodyProperties),
  pop3: bodySchemaOf('pop3', pop3BodyProperties),
  graph: bodySchemaOf('graph', graphBodyProperties),
  ews: bodySchemaOf('ews', ewsBodyProperties),
};

type BodyByType = { [T in SourceTypeName]: Type.Static<(typeof bodySchemas)[T]> };
export type MailboxBody<T extends SourceTypeName = SourceTypeName> = BodyByType[T];

/** What a person enters for a new mailbox. `id` is made from the name. Left out: port by security, poll 60 s, enabled. */
export const mailboxBodySchema = Type.Unsafe<MailboxBody>({
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: Object.values(bodySchemas),
});
/** What is left out stays as it is, the password too. The type of a mailbox cannot change, and only its type's own properties can. */
export const mailboxChangeSchema = Type.Partial(
  closed({
    ...commonProperties,
    ...ewsBodyProperties,
    ...graphBodyProperties,
    ...imapBodyProperties,
    ...pop3BodyProperties,
    address: Type.String({
      minLength: 3,
      maxLength: 320,
      description: 'One that is none only as it is stored already',
    }),
  }),
  { additionalProperties: false },
);

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

export const moveLoginBodySchema = closed({ authorisation: idSchema });
/** `moved` is false where the former login stays in force, or is so again; `message` says why, and `report` what the trial before found. */
export const movedLoginSchema = closed({ moved: Type.Boolean(), message: Type.String(), report: verifyReportSchema });

/** What went with a mailbox that was deleted. */
export const mailboxRemovedSchema = closed({ filtersDeleted: Type.Boolean(), alarmsCleared: Type.Integer() });

export type MailboxRemoved = Type.Static<typeof mailboxRemovedSchema>;
export type MovedLogin = Type.Static<typeof movedLoginSchema>;
export type MailboxView = Type.Static<typeof mailboxViewSchema>;
export type Mailboxes = Type.Static<typeof mailboxesSchema>;
export type MailboxChange = Type.Static<typeof mailboxChangeSchema>;
export type VerifyReportView = Type.Static<typeof verifyReportSchema>;
