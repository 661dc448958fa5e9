import Type from 'typebox';
import { closed } from '../closed.ts';
import { idSchema } from '../ids.ts';
import { roleSchema } from '../settings.ts';

/** 10 characters at least, by NIST SP 800-63B's spirit: length, no composition rules; 200 protect argon2 from huge inputs. */
const passwordSchema = Type.String({ minLength: 10, maxLength: 200 });

export const userViewSchema = closed({ id: idSchema, email: Type.String(), name: Type.String(), role: roleSchema });

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

export const userBodySchema = closed({
  email: Type.String({ minLength: 3, maxLength: 320 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  role: roleSchema,
  password: passwordSchema,
});
/** A changed password ends the user's sessions. */
export const userChangeSchema = Type.Partial(userBodySchema, { additionalProperties: false });
export const usersSchema = closed({ items: Type.Array(userViewSchema) });

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
