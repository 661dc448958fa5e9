import Type from 'typebox';
import { closed } from './closed.ts';
import { flowIdSchema, idPattern, idSchema, prioritySchema, queueIdSchema, skillsSchema } from './ids.ts';

/** One line that may stand in a header: nothing that could end it or turn the reader's direction around. */
export const headerTextPattern =
  '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$';

/** Groups of from addresses that an agent may answer from. */
export const fromGroupsSchema = Type.Array(Type.String({ minLength: 1, maxLength: 60, pattern: headerTextPattern }), {
  maxItems: 50,
  description: 'Groups of from addresses that agents may answer from',
});

/** A queue without a flow. */
const straightSchema = closed({
  queue: queueIdSchema,
  priority: Type.Optional(prioritySchema),
  skills: Type.Optional(skillsSchema),
});

/**
 * Which mail goes where: by the address that it was sent to, perhaps limited to a mailbox or one of its folders, to a flow or straight to a
 * queue. The most specific pattern wins, then the order of the list.
 */
export const routeSchema = closed({
  id: idSchema,
  name: Type.Optional(Type.String({ maxLength: 100, pattern: headerTextPattern })),
  /** Left out: it is on. */
  enabled: Type.Optional(Type.Boolean()),
  pattern: Type.String({
    minLength: 1,
    maxLength: 320,
    description: '`support@x` (and its plus-addresses), `support+*@x`, `sales-*@x`, `*@x`, `*@*.x`, or `*`',
  }),
  /** Limits the route to one mailbox. */
  mailbox: Type.Optional(idSchema),
  /** Limits it to one folder of that mailbox. */
  folder: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  flow: Type.Optional(flowIdSchema),
  straight: Type.Optional(straightSchema),
  spamFlow: Type.Optional(
    Type.String({ pattern: idPattern, description: 'For mail that the receiving server marked as spam' }),
  ),
  from: Type.Optional(Type.String({ pattern: idPattern, description: 'Id of a from address' })),
  fromName: Type.Optional(Type.String({ maxLength: 200, pattern: headerTextPattern })),
  replyTo: Type.Optional(
    Type.String({ pattern: idPattern, description: 'Id of a route with one address: answers go there' }),
  ),
  replyToken: Type.Optional(
    Type.Boolean({
      description:
        'Answers carry a signed plus-address as Reply-To, by which what comes back is known even where a mail program drops its references',
    }),
  ),
  fromGroups: Type.Optional(fromGroupsSchema),
  bcc: Type.Optional(
    Type.Array(Type.String({ minLength: 3, maxLength: 254 }), {
      maxItems: 5,
      description: 'Get a copy of what is sent',
    }),
  ),
  signature: Type.Optional(Type.String({ maxLength: 5_000, description: 'Below what is sent; plain text' })),
  history: Type.Optional(Type.Boolean({ description: 'Quote the mail below what is sent' })),
});

/** What becomes of one mail to several of our addresses: one route takes it, or each of the addresses has its own interaction. */
export const routingSchema = closed({
  destinations: Type.Union([Type.Literal('one'), Type.Literal('every')]),
});

export type Route = Type.Static<typeof routeSchema>;
export type Routing = Type.Static<typeof routingSchema>;
