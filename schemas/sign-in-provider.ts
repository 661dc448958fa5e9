import Type from 'typebox';
import { closed } from './closed.ts';
import { idSchema } from './ids.ts';
import { roleSchema } from './role.ts';
import { sealedSchema } from './secrets.ts';

/** What a person enters of a provider that people sign in by, without its secret. */
export const signInProviderProperties = {
  /** On the button. */
  name: Type.String({ minLength: 1, maxLength: 60 }),
  /** Chooses the guide, and what counts as proof of an address. */
  kind: Type.Union([
    Type.Literal('entra'),
    Type.Literal('google'),
    Type.Literal('keycloak'),
    Type.Literal('okta'),
    Type.Literal('other'),
  ]),
  issuer: Type.String({
    minLength: 8,
    maxLength: 1_000,
    pattern: '^https?://[^\\s?#]+$',
    description: 'Exactly as the provider writes it',
  }),
  clientId: Type.String({ minLength: 1, maxLength: 400 }),
  scope: Type.String({
    maxLength: 1_000,
    pattern: '(^| )openid( |$)',
    description: 'Separated by spaces, with openid',
  }),
  enabled: Type.Boolean(),
  ca: Type.Optional(Type.String({ maxLength: 100_000, description: 'PEM of a private authority' })),
  trustsEmail: Type.Boolean({
    description:
      'Addresses count as verified though the provider does not say so: all of them are given by its administrators',
  }),
  createUsers: Type.Boolean({ description: 'Who signs in for the first time becomes a user' }),
  domains: Type.Array(Type.String({ minLength: 1, maxLength: 253 }), {
    maxItems: 100,
    description: 'Whose addresses may become users by themselves',
  }),
  defaultRole: Type.Union([roleSchema, Type.Null()], {
    description: 'Where no role comes from the claim; null: refused, or the role that a user has',
  }),
  roleClaim: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Such as groups or realm_access.roles' }),
  ),
  roles: Type.Array(closed({ value: Type.String({ minLength: 1, maxLength: 300 }), role: roleSchema }), {
    maxItems: 200,
    description: 'Which role a value of the claim gives; of several the highest',
  }),
  signsOutThere: Type.Boolean({ description: 'Signing out here also ends the session at the provider, where it can' }),
};

export const signInProviderSchema = closed({
  id: idSchema,
  ...signInProviderProperties,
  /** Left out: a public client, by PKCE alone. */
  secret: Type.Optional(sealedSchema),
});

/** Who somebody is at a provider. The address may change there, and another person may get it; these two stay. */
export const identitySchema = closed({
  issuer: Type.String({ maxLength: 1_000 }),
  subject: Type.String({ minLength: 1, maxLength: 255 }),
  since: Type.String({ description: 'ISO 8601, UTC' }),
});

/** Somebody who was deleted does not become a user again by signing in at a provider, until an administrator adds them. */
export const deletedUserSchema = closed({
  email: Type.String({ maxLength: 320 }),
  identities: Type.Array(identitySchema),
});

export type SignInProvider = Type.Static<typeof signInProviderSchema>;
