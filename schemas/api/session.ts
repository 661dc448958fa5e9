import Type from 'typebox';
import { closed } from '../closed.ts';
import { idSchema } from '../ids.ts';
import { roleSchema } from '../role.ts';

/** 10 characters at least, by NIST SP 800-63B's spirit: length, no composition rules; 200 protect argon2 from huge inputs. */
const passwordSchema = Type.String({ minLength: 10, maxLength: 200 });

const userViewSchema = closed({ id: idSchema, email: Type.String(), name: Type.String(), role: roleSchema });

export const setupStatusSchema = closed({
  needed: Type.Boolean({ description: 'True while no administrator exists' }),
  codeRequired: Type.Boolean({ description: 'True where the server listens beyond loopback: the code is in its log' }),
});
export const setupBodySchema = closed({
  email: Type.String({ minLength: 3, maxLength: 320 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  password: passwordSchema,
  code: Type.Optional(Type.String({ maxLength: 100 })),
});
export const loginBodySchema = closed({
  email: Type.String({ maxLength: 320 }),
  password: Type.String({ maxLength: 200 }),
});
export const sessionSchema = closed({ user: userViewSchema });
export const signedOutSchema = closed({
  leaveUrl: Type.Union([Type.String(), Type.Null()], {
    description: 'Where the browser goes to end the session at the provider, too',
  }),
});

export const userBodySchema = closed({
  email: Type.String({ minLength: 3, maxLength: 320 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  role: roleSchema,
  /** Left out: they sign in at a provider. */
  password: Type.Optional(passwordSchema),
});
/** A changed password ends the user's sessions, and so does disabling them. */
export const userChangeSchema = Type.Partial(
  closed({
    ...userBodySchema.properties,
    password: Type.Union([passwordSchema, Type.Null()], { description: 'Null: no password any more' }),
    disabled: Type.Boolean(),
  }),
  { additionalProperties: false },
);
/** A user as administrators see them. */
export const userEntrySchema = closed({
  ...userViewSchema.properties,
  disabled: Type.Boolean(),
  hasPassword: Type.Boolean(),
  /** Where they have signed in. */
  providers: Type.Array(
    closed({
      id: idSchema,
      name: Type.String(),
      since: Type.String(),
      decidesRole: Type.Boolean({ description: 'A claim of the provider sets the role at each sign-in' }),
    }),
  ),
});
export const usersSchema = closed({ items: Type.Array(userEntrySchema) });

const tokenViewSchema = closed({
  id: idSchema,
  name: Type.String(),
  role: roleSchema,
  createdAt: Type.String(),
  createdBy: Type.String(),
});
export const tokensSchema = closed({ items: Type.Array(tokenViewSchema) });
export const tokenBodySchema = closed({ name: Type.String({ minLength: 1, maxLength: 100 }), role: roleSchema });
/** The only time the token itself is shown. */
export const newTokenSchema = closed({ token: Type.String(), ...tokenViewSchema.properties });

export type SignedOut = Type.Static<typeof signedOutSchema>;
export type UserEntry = Type.Static<typeof userEntrySchema>;
export type UserView = Type.Static<typeof userViewSchema>;
export type SetupStatus = Type.Static<typeof setupStatusSchema>;
export type SetupBody = Type.Static<typeof setupBodySchema>;
export type LoginBody = Type.Static<typeof loginBodySchema>;
export type Session = Type.Static<typeof sessionSchema>;
export type UserBody = Type.Static<typeof userBodySchema>;
export type UserChange = Type.Static<typeof userChangeSchema>;
export type TokenView = Type.Static<typeof tokenViewSchema>;
export type TokenBody = Type.Static<typeof tokenBodySchema>;
export type NewToken = Type.Static<typeof newTokenSchema>;
