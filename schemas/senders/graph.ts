import Type from 'typebox';
import { closed } from '../closed.ts';
import { idSchema } from '../ids.ts';
import { graphUrlSchema } from '../sources/graph.ts';

const username = Type.String({ minLength: 1, maxLength: 320, description: 'Address or id of the mailbox that sends' });

/** Sending by Microsoft Graph, as stored and as shown: there is nothing secret in it. */
export const graphSenderSchema = closed({ baseUrl: graphUrlSchema, username, authorisation: idSchema });

/** What a person enters for Graph alone. Left out: the worldwide cloud. */
export const graphSenderBodyProperties = {
  baseUrl: Type.Optional(graphUrlSchema),
  username,
  authorisation: idSchema,
};

export type GraphSenderConnection = Type.Static<typeof graphSenderSchema>;
