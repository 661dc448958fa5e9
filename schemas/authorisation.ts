import Type from 'typebox';
import { closed } from './closed.ts';
import { idSchema } from './ids.ts';
import { sealedSchema } from './secrets.ts';

const urlSchema = Type.String({ minLength: 8, maxLength: 1_000, pattern: '^https?://' });
const scopeSchema = Type.String({
  maxLength: 2_000,
  description: 'Separated by spaces; they name one resource, such as Graph or Outlook, since a token serves only one',
});
const clientIdSchema = Type.String({ minLength: 1, maxLength: 400 });
const daySchema = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** A client certificate: what it is recognised by, and its key. */
const certificateSchema = closed({
  pem: Type.String({ maxLength: 20_000, description: 'PEM of the certificate, without its key' }),
  key: sealedSchema,
});

/** What each way of being granted access keeps, by its name: RFC 6749 and 7523. */
const grantSchemas = {
  /** The application itself, by Microsoft Entra. */
  entra: closed({
    type: Type.Literal('entra'),
    /** Without the tenant: https://login.microsoftonline.com, or a national cloud's. */
    authority: urlSchema,
    tenant: Type.String({ pattern: '^[A-Za-z0-9.-]{1,200}$' }),
    clientId: clientIdSchema,
    secret: Type.Optional(sealedSchema),
    certificate: Type.Optional(certificateSchema),
    scope: scopeSchema,
  }),
  /** The application itself, at any other provider. */
  'client-credentials': closed({
    type: Type.Literal('client-credentials'),
    tokenUrl: urlSchema,
    clientId: clientIdSchema,
    secret: sealedSchema,
    scope: scopeSchema,
  }),
  /** A person signs in and agrees. */
  'authorization-code': closed({
    type: Type.Literal('authorization-code'),
    authUrl: urlSchema,
    tokenUrl: urlSchema,
    /** Who must have answered, where the provider says so (RFC 9207). */
    issuer: Type.Optional(urlSchema),
    clientId: clientIdSchema,
    secret: Type.Optional(sealedSchema),
    scope: scopeSchema,
    /** Where the provider sends the browser back to; left out: this server's own address. */
    redirectUri: Type.Optional(urlSchema),
  }),
  /** Legacy: a person's own password is handed to the provider. */
  password: closed({
    type: Type.Literal('password'),
    tokenUrl: urlSchema,
    clientId: clientIdSchema,
    secret: Type.Optional(sealedSchema),
    scope: scopeSchema,
    username: Type.String({ minLength: 1, maxLength: 320 }),
    password: sealedSchema,
  }),
  /** Google: a robot that acts for every user of a Workspace, by domain-wide delegation. */
  'service-account': closed({
    type: Type.Literal('service-account'),
    tokenUrl: urlSchema,
    email: Type.String({ minLength: 3, maxLength: 320 }),
    keyId: Type.Optional(Type.String({ maxLength: 200 })),
    key: sealedSchema,
    scope: scopeSchema,
  }),
};

/** Leave to sign in at a provider without a mailbox's password. Mailboxes and senders name it by its id. */
export const authorisationSchema = closed({
  id: idSchema,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  /** Whose guide and presets the page shows. */
  provider: Type.Union([Type.Literal('google'), Type.Literal('microsoft'), Type.Literal('other')]),
  grant: Type.Union(Object.values(grantSchemas)),
  /** PEM of a private authority, trusted for this provider only. */
  ca: Type.Optional(Type.String({ maxLength: 100_000 })),
  /** Days that providers tell people and never programs. */
  secretExpiresOn: Type.Optional(daySchema),
  consentExpiresOn: Type.Optional(daySchema),
});
