import Type from 'typebox';
import { closed } from '../closed.ts';
import { afterTakingSchema, takeDaysSchema } from './after-taking.ts';
import { imapBodyProperties } from './imap.ts';
import { type ConnectionSecurity, serverBodyProperties, serverProperties, serverViewProperties } from './server.ts';

const ownProperties = {
  path: Type.Optional(
    Type.String({
      pattern: '^/[!-~]{0,200}$',
      description: 'Of the service on the server; /EWS/Exchange.asmx by default',
    }),
  ),
  impersonate: Type.Optional(
    Type.Boolean({
      description: "The login is a service account that acts as the mailbox's address (ApplicationImpersonation)",
    }),
  ),
};

export const ewsConnectionSchema = closed({ ...serverProperties, ...ownProperties });
export const ewsViewSchema = closed({ ...serverViewProperties, ...ownProperties });

/** What a person enters for Exchange Web Services, which Exchange has on premises. */
export const ewsBodyProperties = {
  ...serverBodyProperties,
  ...ownProperties,
  folders: imapBodyProperties.folders,
  afterTaking: Type.Optional(afterTakingSchema),
  takeDays: Type.Optional(takeDaysSchema),
};

export const ewsPorts: Record<ConnectionSecurity, number> = { tls: 443, starttls: 443, none: 80 };
export const ewsPath = '/EWS/Exchange.asmx';
