import Type from 'typebox';
import { closed } from '../closed.ts';
import { idSchema } from '../ids.ts';
import { afterTakingSchema, takeDaysSchema } from './after-taking.ts';

/** Where Microsoft Graph answers, by cloud. A token of one cloud is worth nothing in another. */
export const graphClouds = [
  { baseUrl: 'https://graph.microsoft.com', name: 'Worldwide and GCC' },
  { baseUrl: 'https://graph.microsoft.us', name: 'US Government L4 (GCC High)' },
  { baseUrl: 'https://dod-graph.microsoft.us', name: 'US Government L5 (DoD)' },
  { baseUrl: 'https://microsoftgraph.chinacloudapi.cn', name: 'China (21Vianet)' },
] as const;

export const defaultGraphUrl: string = graphClouds[0].baseUrl;

export const graphUrlSchema = Type.String({
  pattern: '^https?://[^/?#@]+$',
  maxLength: 300,
  description: 'Origin of Microsoft Graph; http is accepted for loopback hosts only',
});

const username = Type.String({ minLength: 1, maxLength: 320, description: 'Address or id of the mailbox' });

/** A mailbox by Microsoft Graph, as stored and as shown: there is nothing secret in it. */
export const graphConnectionSchema = closed({
  baseUrl: graphUrlSchema,
  username,
  /** Its id; what the authorisation grants decides which mailboxes may be named. */
  authorisation: idSchema,
});

/** What a person enters for Graph alone. Left out: the worldwide cloud, the folder INBOX. */
export const graphBodyProperties = {
  baseUrl: Type.Optional(graphUrlSchema),
  username,
  authorisation: idSchema,
  folders: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { minItems: 1, maxItems: 5 })),
  afterTaking: Type.Optional(afterTakingSchema),
  takeDays: Type.Optional(takeDaysSchema),
};
