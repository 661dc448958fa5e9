import Type from 'typebox';
import { closed } from '../closed.ts';
import { enteredAuthoritySchema } from '../entered-texts.ts';
import { idSchema } from '../ids.ts';
import { signInProviderProperties } from '../sign-in-provider.ts';

/** What the sign-in page offers to strangers. */
export const signInWaysSchema = closed({
  local: Type.Boolean({ description: 'With an email address and a password of Sluice' }),
  providers: Type.Array(closed({ id: idSchema, name: Type.String(), kind: signInProviderProperties.kind })),
});

export const signInBodySchema = closed({
  to: Type.Optional(Type.String({ maxLength: 2_000, description: 'Path of the page to go on at' })),
  anotherAccount: Type.Optional(
    Type.Boolean({ description: 'The provider asks who it is, also where somebody is signed in there' }),
  ),
});
/** Where the browser is to go. */
export const signInBegunSchema = closed({ url: Type.String() });

export const localSignInSchema = closed({ local: Type.Boolean() });

/** What a person enters; the id of a new one is made from its name. */
export const signInProviderBodySchema = closed({
  ...signInProviderProperties,
  ca: Type.Optional(enteredAuthoritySchema),
  secret: Type.Optional(
    Type.Union([Type.String({ minLength: 1, maxLength: 2_000 }), Type.Null()], {
      description: 'Left out: the stored one stays. Null: none, a public client by PKCE alone',
    }),
  ),
});

export const signInProviderViewSchema = closed({
  id: idSchema,
  ...signInProviderProperties,
  hasSecret: Type.Boolean(),
  users: Type.Integer({ description: 'How many have signed in by it' }),
  lastRefusal: Type.Optional(
    closed({ at: Type.String(), problem: Type.String(), detail: Type.String() }, { description: 'Since the start' }),
  ),
});

export const signInProvidersSchema = closed({
  items: Type.Array(signInProviderViewSchema),
  local: Type.Boolean(),
  redirectUri: Type.String({ description: 'To be entered at the provider' }),
  leaveUri: Type.String({ description: 'Where a provider sends the browser back to after a sign-out' }),
});

export const providerCheckBodySchema = closed({
  issuer: signInProviderProperties.issuer,
  ca: Type.Optional(enteredAuthoritySchema),
});
export const providerCheckSchema = closed({
  signInAddress: Type.String(),
  hasPkce: Type.Boolean({ description: 'It says that it understands PKCE; Sluice uses it in any case' }),
  endsSessions: Type.Boolean({ description: 'A sign-out here can end the session there' }),
  scopes: Type.Array(Type.String()),
});

export type SignInWays = Type.Static<typeof signInWaysSchema>;
export type SignInBegun = Type.Static<typeof signInBegunSchema>;
export type SignInProviderBody = Type.Static<typeof signInProviderBodySchema>;
export type SignInProviderView = Type.Static<typeof signInProviderViewSchema>;
export type SignInProviders = Type.Static<typeof signInProvidersSchema>;
export type ProviderCheck = Type.Static<typeof providerCheckSchema>;
