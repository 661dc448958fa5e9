import Type from 'typebox';
import { enteredAuthoritySchema, enteredHostSchema } from '../entered-texts.ts';
import { idSchema } from '../ids.ts';
import { sealedSchema } from '../secrets.ts';

const connectionSecuritySchema = Type.Union([Type.Literal('tls'), Type.Literal('starttls'), Type.Literal('none')], {
  description: '"none" is accepted for loopback hosts only',
});

export type ConnectionSecurity = Type.Static<typeof connectionSecuritySchema>;

/** A mail server by name, with a login: as stored. */
export const serverProperties = {
  host: Type.String({ minLength: 1, maxLength: 253 }),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  security: connectionSecuritySchema,
  /** PEM of a private authority, trusted for this mailbox only. */
  ca: Type.Optional(Type.String({ maxLength: 100_000 })),
  username: Type.String({ minLength: 1, maxLength: 320 }),
  /** One of the two: a sealed password, or who gives tokens in its place. */
  password: Type.Optional(sealedSchema),
  authorisation: Type.Optional(idSchema),
};

/** The same as the API shows it: without the password. */
export const serverViewProperties = {
  host: Type.String(),
  port: Type.Integer(),
  security: connectionSecuritySchema,
  ca: Type.Optional(Type.String()),
  username: Type.String(),
  authorisation: Type.Optional(Type.String()),
};

/** The same as a person enters it. Left out: TLS, and the port that belongs to the security. */
export const serverBodyProperties = {
  host: enteredHostSchema,
  port: Type.Optional(serverProperties.port),
  security: Type.Optional(connectionSecuritySchema),
  ca: Type.Optional(enteredAuthoritySchema),
  username: serverProperties.username,
  password: Type.Optional(Type.String({ maxLength: 4_000 })),
  authorisation: Type.Optional(Type.String({ ...idSchema, description: 'In place of a password' })),
};
