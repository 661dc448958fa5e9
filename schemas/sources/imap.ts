import Type from 'typebox';
import { closed } from '../closed.ts';
import { afterTakingSchema, takeDaysSchema } from './after-taking.ts';
import { type ConnectionSecurity, serverBodyProperties, serverProperties, serverViewProperties } from './server.ts';

export const imapConnectionSchema = closed(serverProperties);
export const imapViewSchema = closed(serverViewProperties);

/** What a person enters for IMAP alone. Left out: the folder INBOX. */
export const imapBodyProperties = {
  ...serverBodyProperties,
  folders: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { minItems: 1, maxItems: 5 })),
  afterTaking: Type.Optional(afterTakingSchema),
  takeDays: Type.Optional(takeDaysSchema),
};

export const imapPorts: Record<ConnectionSecurity, number> = { tls: 993, starttls: 143, none: 143 };
