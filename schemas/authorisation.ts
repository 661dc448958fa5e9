import Type from 'typebox';
import { closed } from './closed.ts';
import { dayPattern, tenantPattern, urlPattern } from './entered-texts.ts';
import { idSchema } from './ids.ts';
import { sealedSchema } from './secrets.ts';

const url = Type.String({ minLength: 8, maxLength: 1_000, pattern: urlPattern });
const scope = Type.String({
  maxLength: 2_000,
  description: 'Separated by spaces; they name one resource, such as Graph or Outlook, since a token serves only one',
});
const clientId = Type.String({ minLength: 1, maxLength: 400 });
const day = Type.String({ pattern: dayPattern });

/** What each way of being granted access is told, without its secrets; by its name. */
export const grantProperties = {
  /** The application itself, by Microsoft Entra, with a secret or a certificate. */
  entra: {
    type: Type.Literal('entra'),
    authority: Type.String({
      ...url,
      description: 'Without the tenant: https://login.microsoftonline.com, or that of a national cloud',
    }),
    tenant: Type.String({ pattern: tenantPattern }),
    clientId,
    certificate: Type.Optional(Type.String({ maxLength: 20_000, description: 'PEM, without its key' })),
    scope,
  },
  /** The application itself, at any other provider. */
  'client-credentials': { type: Type.Literal('client-credentials'), tokenUrl: url, clientId, scope },
  /** A person signs in and agrees. */
  'authorization-code': {
    type: Type.Literal('authorization-code'),
    authUrl: url,
    tokenUrl: url,
    issuer: Type.Optional(
      Type.String({ ...url, description: 'Who must have answered, where the provider says so (RFC 9207)' }),
    ),
    clientId,
    scope,
    redirectUri: Type.Optional(
      Type.String({
        ...url,
        description: "Where the provider sends the browser back to; left out: this server's own address",
      }),
    ),
  },
  /** Legacy: a person's own password is handed to the provider. */
  password: {
    type: Type.Literal('password'),
    tokenUrl: url,
    clientId,
    scope,
    username: Type.String({ minLength: 1, maxLength: 320 }),
  },
  /** Google: a robot that acts for every user of a Workspace, by domain-wide delegation. */
  'service-account': {
    type: Type.Literal('service-account'),
    tokenUrl: url,
    email: Type.String({ minLength: 3, maxLength: 320 }),
    keyId: Type.Optional(Type.String({ maxLength: 200 })),
    scope,
  },
};

const secret = Type.Optional(sealedSchema);
const key = Type.Optional(sealedSchema);
const grantSchema = Type.Union([
  closed({ ...grantProperties.entra, secret, key }),
  closed({ ...grantProperties['client-credentials'], secret: sealedSchema }),
  closed({ ...grantProperties['authorization-code'], secret }),
  closed({ ...grantProperties.password, secret, password: sealedSchema }),
  closed({ ...grantProperties['service-account'], key: sealedSchema }),
]);

/** What every authorisation is told. */
export const authorisationProperties = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  /** Whose guide and presets the page shows. */
  provider: Type.Union([Type.Literal('google'), Type.Literal('microsoft'), Type.Literal('other')]),
  /** PEM of a private authority, trusted for this provider only. */
  ca: Type.Optional(Type.String({ maxLength: 100_000 })),
  /** Days that providers tell people and never programs. */
  secretExpiresOn: Type.Optional(day),
  consentExpiresOn: Type.Optional(day),
};

/** Leave to sign in at a provider without a mailbox's password. Mailboxes and senders name it by its id. */
export const authorisationSchema = closed({ id: idSchema, ...authorisationProperties, grant: grantSchema });

export type Authorisation = Type.Static<typeof authorisationSchema>;
export type GrantType = Authorisation['grant']['type'];
