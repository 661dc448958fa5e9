import Type from 'typebox';
import { closed } from '../closed.ts';
import { enteredAuthoritySchema, enteredHostSchema } from '../entered-texts.ts';
import { idSchema } from '../ids.ts';
import { sealedSchema } from '../secrets.ts';

const smtpSecuritySchema = Type.Union(
  [Type.Literal('tls'), Type.Literal('starttls'), Type.Literal('opportunistic'), Type.Literal('none')],
  {
    description:
      'TLS is required with "tls" and "starttls". "opportunistic" goes without where the server offers none, and takes no login; "none" is accepted for loopback hosts only',
  },
);

const common = {
  host: Type.String({ minLength: 1, maxLength: 253 }),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  security: smtpSecuritySchema,
  /** PEM of a private authority, trusted for this mailbox only. */
  ca: Type.Optional(Type.String({ maxLength: 100_000 })),
  username: Type.Optional(Type.String({ maxLength: 320 })),
  /** Who gives tokens in place of a password. */
  authorisation: Type.Optional(idSchema),
};

export const smtpSenderSchema = closed({ ...common, password: Type.Optional(sealedSchema) });

/** The same as the API shows it: without the password. */
export const smtpSenderViewSchema = closed({ ...common, hasPassword: Type.Boolean() });

/** What a person enters for SMTP alone. Left out: STARTTLS, and the port that belongs to the security. Without a user there is no login. */
export const smtpSenderBodyProperties = {
  host: enteredHostSchema,
  port: Type.Optional(common.port),
  security: Type.Optional(smtpSecuritySchema),
  ca: Type.Optional(enteredAuthoritySchema),
  username: common.username,
  password: Type.Optional(Type.String({ maxLength: 4_000 })),
  authorisation: Type.Optional(
    Type.Union([idSchema, Type.Literal('')], { description: 'In place of a password; empty goes back to one' }),
  ),
};

export type SmtpSecurity = Type.Static<typeof smtpSecuritySchema>;
export type SmtpServer = Type.Static<typeof smtpSenderSchema>;

export const smtpSenderPorts: Record<SmtpSecurity, number> = { tls: 465, starttls: 587, opportunistic: 25, none: 25 };
