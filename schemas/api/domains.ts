import Type from 'typebox';
import { closed } from '../closed.ts';
import { dkimKeySchema, domainSchema, recordStateSchema } from '../domain.ts';
import { idSchema } from '../ids.ts';

const { receives, mailHost, spf } = domainSchema.properties;

const domainRecordSchema = closed({
  key: Type.String(),
  type: Type.Union([Type.Literal('MX'), Type.Literal('TXT')]),
  name: Type.String(),
  value: Type.String(),
  purpose: Type.String(),
  state: Type.Union([recordStateSchema, Type.Literal('unchecked')]),
  found: Type.Array(Type.String()),
  advice: Type.String(),
});

export const domainViewSchema = closed({
  id: idSchema,
  name: Type.String({ description: 'ASCII' }),
  unicode: Type.String({ description: 'As people read it' }),
  isMixed: Type.Boolean({
    description: 'Letters of several alphabets in one part: it may be made to look like another',
  }),
  receives: Type.Boolean(),
  mailHost,
  spf,
  verified: Type.Boolean(),
  isReserved: Type.Boolean({ description: 'Never in the public DNS, so there is nothing to verify' }),
  checkedAt: Type.Union([Type.String(), Type.Null()]),
  records: Type.Array(domainRecordSchema),
  dkim: Type.Array(
    closed({
      selector: dkimKeySchema.properties.selector,
      createdAt: Type.String(),
      seenAt: Type.Union([Type.String(), Type.Null()]),
      signs: Type.Boolean({ description: 'Mail from the domain is signed with it' }),
    }),
  ),
  fromAddresses: Type.Integer({ description: 'From addresses of the domain' }),
});
export const domainsSchema = closed({ items: Type.Array(domainViewSchema) });
export const domainBodySchema = closed({
  name: Type.String({ minLength: 1, maxLength: 253 }),
  receives: Type.Optional(receives),
  mailHost: Type.Optional(Type.String({ maxLength: 253 })),
  spf,
});
/** An empty text takes a setting away. */
export const domainChangeSchema = closed({
  receives: Type.Optional(receives),
  mailHost: Type.Optional(Type.String({ maxLength: 253 })),
  spf: Type.Optional(Type.Union([Type.Literal(''), domainSchema.properties.spf])),
});

export type DomainRecord = Type.Static<typeof domainRecordSchema>;
export type DomainBody = Type.Static<typeof domainBodySchema>;
export type DomainChange = Type.Static<typeof domainChangeSchema>;
export type DomainView = Type.Static<typeof domainViewSchema>;
