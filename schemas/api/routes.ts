import Type from 'typebox';
import { closed } from '../closed.ts';
import { idSchema } from '../ids.ts';
import { issueSchema } from '../issue.ts';
import { routeSchema, routingSchema } from '../route.ts';

const { id: _, ...own } = routeSchema.properties;

/** Null takes a setting away. */
function orNull<S extends Type.TSchema>(schema: S) {
  return Type.Optional(Type.Union([schema, Type.Null()]));
}

const routeViewSchema = closed({
  ...routeSchema.properties,
  problems: Type.Array(issueSchema, { description: 'Why it takes no mail, or not as it says' }),
});
export const routeBodySchema = closed({ id: Type.Optional(idSchema), ...own });
export const routeChangeSchema = closed({
  pattern: Type.Optional(own.pattern),
  enabled: Type.Optional(Type.Boolean()),
  name: orNull(own.name),
  mailbox: orNull(own.mailbox),
  folder: orNull(own.folder),
  flow: orNull(own.flow),
  straight: orNull(own.straight),
  spamFlow: orNull(own.spamFlow),
  from: orNull(own.from),
  fromName: orNull(own.fromName),
  replyTo: orNull(own.replyTo),
  replyToken: orNull(own.replyToken),
  fromGroups: orNull(own.fromGroups),
  bcc: orNull(own.bcc),
  signature: orNull(own.signature),
  history: orNull(own.history),
});
/** What was read can be sent back as it came: problems are left aside. */
export const routesBodySchema = closed({
  items: Type.Array(
    closed({ ...routeViewSchema.properties, problems: Type.Optional(routeViewSchema.properties.problems) }),
    {
      maxItems: 5_000,
    },
  ),
});
export const routesSchema = closed({ items: Type.Array(routeViewSchema), ...routingSchema.properties });
export const routeResultSchema = routeViewSchema;
/** All ids, in their new order. */
export const routeOrderSchema = closed({ ids: Type.Array(idSchema, { maxItems: 5_000 }) });

export const explainBodySchema = closed({
  address: Type.String({ minLength: 1, maxLength: 320 }),
  mailbox: Type.Optional(idSchema),
  folder: Type.Optional(Type.String({ maxLength: 500 })),
});
const explainedRouteSchema = closed({
  route: idSchema,
  takes: Type.Boolean(),
  fits: Type.Boolean(),
  why: Type.String({ description: 'One sentence for a person' }),
});
/** Every route, the most specific first, those that are off last. */
export const explanationSchema = closed({
  address: Type.String({
    description: 'As it is compared: lower case, the domain in ASCII; empty for what is no address',
  }),
  items: Type.Array(explainedRouteSchema),
});

export type RouteView = Type.Static<typeof routeViewSchema>;
export type RouteBody = Type.Static<typeof routeBodySchema>;
export type RouteChange = Type.Static<typeof routeChangeSchema>;
export type Routes = Type.Static<typeof routesSchema>;
export type ExplainBody = Type.Static<typeof explainBodySchema>;
export type Explanation = Type.Static<typeof explanationSchema>;
