import Type from 'typebox';
import { authorisationProperties, grantProperties } from '../authorisation.ts';
import { closed } from '../closed.ts';
import { enteredAuthoritySchema } from '../entered-texts.ts';
import { idSchema } from '../ids.ts';

/** In the clear; left out where the stored one stays. */
const entered = Type.Optional(Type.String({ minLength: 1, maxLength: 20_000 }));

const grantBodySchemas = [
  closed({ ...grantProperties.entra, secret: entered, key: entered }),
  closed({ ...grantProperties['client-credentials'], secret: entered }),
  closed({ ...grantProperties['authorization-code'], secret: entered }),
  closed({ ...grantProperties.password, secret: entered, password: entered }),
  closed({ ...grantProperties['service-account'], key: entered }),
];
/** Told apart by the type: what is wrong is said of that one alone. */
const grantBodySchema = Type.Unsafe<Type.Static<(typeof grantBodySchemas)[number]>>({
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: grantBodySchemas,
});

/** Which secrets are stored; they themselves never come back. */
const stored = Type.Array(Type.Union([Type.Literal('secret'), Type.Literal('key'), Type.Literal('password')]));

const grantViewSchema = Type.Union([
  closed({ ...grantProperties.entra, stored }),
  closed({ ...grantProperties['client-credentials'], stored }),
  closed({ ...grantProperties['authorization-code'], stored }),
  closed({ ...grantProperties.password, stored }),
  closed({ ...grantProperties['service-account'], stored }),
]);

/** What a person enters; the id of a new one is made from its name. */
export const authorisationBodySchema = closed({
  ...authorisationProperties,
  ca: Type.Optional(enteredAuthoritySchema),
  grant: grantBodySchema,
});

const errorSchema = closed({ code: Type.String(), message: Type.String(), at: Type.String() });

export const authorisationViewSchema = closed({
  id: idSchema,
  ...authorisationProperties,
  grant: grantViewSchema,
  state: Type.Union(
    [Type.Literal('authorised'), Type.Literal('needs-authorising'), Type.Literal('failing'), Type.Literal('untried')],
    { description: 'needs-authorising: a person has to sign in; failing: the last token was refused, see lastError' },
  ),
  account: Type.Optional(Type.String({ description: 'Whom the provider named' })),
  authorisedAt: Type.Optional(Type.String()),
  tokenExpiresAt: Type.Optional(Type.String()),
  lastError: Type.Optional(errorSchema),
  signInError: Type.Optional(errorSchema),
  expiries: Type.Array(
    closed({
      what: Type.Union([Type.Literal('secret'), Type.Literal('certificate'), Type.Literal('consent')]),
      on: Type.String(),
      daysLeft: Type.Integer(),
      warning: Type.Union([Type.Integer(), Type.Null()], { description: 'Days ahead: 30, 7, 1; 0 once it is over' }),
    }),
  ),
  usedBy: Type.Array(
    closed({
      kind: Type.Union([Type.Literal('mailbox'), Type.Literal('outbound')]),
      id: Type.String(),
      name: Type.String(),
    }),
  ),
  redirectUri: Type.String({ description: 'To be entered at the provider' }),
});
export const authorisationsSchema = closed({
  items: Type.Array(authorisationViewSchema),
  redirectUri: Type.String({ description: "This server's own, for a new authorisation" }),
});

/** Where the browser is to go, and what proves that it comes back from there. */
export const signInSchema = closed({ url: Type.String(), state: Type.String() });

/** A code pasted by hand, or the whole address that the browser ended at. */
export const signInCodeBodySchema = closed({
  state: Type.String({ minLength: 1, maxLength: 500 }),
  pasted: Type.String({ minLength: 1, maxLength: 8_000 }),
});

export const discoverBodySchema = closed({
  issuer: Type.String({ minLength: 8, maxLength: 1_000 }),
  ca: Type.Optional(enteredAuthoritySchema),
});
export const discoveredSchema = closed({
  issuer: Type.String(),
  authUrl: Type.String(),
  tokenUrl: Type.String(),
  scopes: Type.Array(Type.String()),
});

/** For whom a service account is to be tried. */
export const attemptBodySchema = closed({ user: Type.Optional(Type.String({ maxLength: 320 })) });

export type AuthorisationBody = Type.Static<typeof authorisationBodySchema>;
export type AuthorisationView = Type.Static<typeof authorisationViewSchema>;
export type Discovered = Type.Static<typeof discoveredSchema>;
export type Authorisations = Type.Static<typeof authorisationsSchema>;
export type SignIn = Type.Static<typeof signInSchema>;
export type SignInCodeBody = Type.Static<typeof signInCodeBodySchema>;
