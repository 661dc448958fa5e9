import Type from 'typebox';
import { closed } from '../closed.ts';
import { takeDaysSchema } from './after-taking.ts';
import { type ConnectionSecurity, serverBodyProperties, serverProperties, serverViewProperties } from './server.ts';

const daysSchema = Type.Integer({ minimum: 0, maximum: 365 });
const deleteAfterDays = Type.Optional(daysSchema);

export const pop3ConnectionSchema = closed({
  ...serverProperties,
  /** Mails are deleted on the server so many days after they were taken; 0 is at once. Left out: they stay there. */
  deleteAfterDays,
});
export const pop3ViewSchema = closed({ ...serverViewProperties, deleteAfterDays });

/** What a person enters for POP3 alone. */
export const pop3BodyProperties = {
  ...serverBodyProperties,
  deleteAfterDays: Type.Optional(
    Type.Union([daysSchema, Type.Null()], {
      description: 'Days after taking until a mail is deleted on the server; 0 is at once, null leaves it there',
    }),
  ),
  takeDays: Type.Optional(takeDaysSchema),
};

export const pop3Ports: Record<ConnectionSecurity, number> = { tls: 995, starttls: 110, none: 110 };
