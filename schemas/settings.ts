import Type from 'typebox';
import { alarmsSchema, reconciliationSchema } from './alarms.ts';
import { authorisationSchema } from './authorisation.ts';
import { closed } from './closed.ts';
import { domainSchema } from './domain.ts';
import { filtersSchema } from './filters.ts';
import { fromAddressSchema } from './from-address.ts';
import { idSchema, queueIdSchema } from './ids.ts';
import { mailboxNamePattern } from './mailbox-name.ts';
import { namedListSchema } from './named-list.ts';
import { outboundMailboxSchema } from './outbound-mailbox.ts';
import { retentionSchema } from './retention.ts';
import { roleSchema } from './role.ts';
import { fromGroupsSchema, routeSchema, routingSchema } from './route.ts';
import { scheduleSchema } from './schedule.ts';
import { sealedSchema } from './secrets.ts';
import { deletedUserSchema, identitySchema, signInProviderSchema } from './sign-in-provider.ts';
import { afterTakingSchema, takeDaysSchema } from './sources/after-taking.ts';
import { connectionSchemas, sourceTypeSchemas } from './sources/index.ts';

export const queueSchema = closed({
  id: queueIdSchema,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  description: Type.Optional(Type.String({ maxLength: 500 })),
  fromGroups: Type.Optional(fromGroupsSchema),
});

/** An inbound mailbox; its connection stands under the name of its type. The receiver's own entry exists from the first start and has none. */
export const mailboxSchema = closed({
  id: idSchema,
  name: Type.String({ pattern: mailboxNamePattern }),
  description: Type.Optional(Type.String({ maxLength: 500 })),
  type: Type.Union([...sourceTypeSchemas, Type.Literal('smtp-receiver')]),
  address: Type.String({ maxLength: 320, description: 'The address that people write to' }),
  enabled: Type.Boolean(),
  ...connectionSchemas,
  folders: Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 5 }),
  afterTaking: Type.Optional(afterTakingSchema),
  takeDays: Type.Optional(takeDaysSchema),
  /** 30 s at least: providers throttle harder pollers. */
  pollSeconds: Type.Integer({ minimum: 30, maximum: 3_600, default: 60 }),
  /** Larger mails are taken with headers and first text. What is entered today has narrower bounds than what was stored before. */
  maxBytes: Type.Integer({ minimum: 1_048_576, maximum: 52_428_800, default: 5_242_880 }),
});

/** How many auto-responses may leave. A loop that every header check missed ends here. */
export const budgetsSchema = closed({
  perSenderPerHour: Type.Integer({ minimum: 1, maximum: 10_000 }),
  perThreadPerDay: Type.Integer({ minimum: 1, maximum: 10_000 }),
  /** To senders whom nothing proves: their addresses may be forged, and answers reach people who wrote nothing. */
  perMailboxUnprovedPerHour: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  /** The circuit breaker of a mailbox. */
  perMailboxPerHour: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
});

/**
 * One person writes a handful of mails an hour; a machine that answers machines writes hundreds. The mailbox breaker leaves room for a busy desk's worst
 * hour and stops a storm before it costs the domain its reputation; a spam run under forged names gets no more than a few answers.
 */
export function usualBudgets(): Budgets {
  return { perSenderPerHour: 10, perThreadPerDay: 5, perMailboxUnprovedPerHour: 20, perMailboxPerHour: 10_000 };
}

const userSchema = closed({
  id: idSchema,
  email: Type.String({ minLength: 3, maxLength: 320 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  role: roleSchema,
  /** argon2id, PHC string format. Left out: they sign in at a provider, or not at all. */
  passwordHash: Type.Optional(Type.String()),
  /** Who they are at providers; one for each. */
  identities: Type.Optional(Type.Array(identitySchema, { maxItems: 20 })),
  /** May not come in, though nothing of theirs is gone. */
  disabled: Type.Optional(Type.Boolean()),
});

const tokenSchema = closed({
  id: idSchema,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  role: roleSchema,
  /** SHA-256 of the token, hex: the token itself is shown once and never stored. */
  hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  createdAt: Type.String(),
  createdBy: Type.String(),
});

/** A switch to an authorisation, with the login that is in force again where it fails. */
const loginMoveSchema = closed({
  authorisation: idSchema,
  former: closed({ password: Type.Optional(sealedSchema), authorisation: Type.Optional(idSchema) }),
});

export const settingsSchema = closed({
  version: Type.Literal(1),
  /** Random, made on first start: names this installation in Message-IDs, so that it knows its own mail. */
  installation: Type.String({ pattern: '^[a-z0-9]{16}$' }),
  queues: Type.Array(queueSchema),
  mailboxes: Type.Array(mailboxSchema),
  domains: Type.Array(domainSchema, { maxItems: 500 }),
  routes: Type.Array(routeSchema, { maxItems: 5_000 }),
  routing: routingSchema,
  fromAddresses: Type.Array(fromAddressSchema, { maxItems: 5_000 }),
  lists: Type.Array(namedListSchema, { maxItems: 500 }),
  schedules: Type.Array(scheduleSchema, { maxItems: 500 }),
  authorisations: Type.Array(authorisationSchema, { maxItems: 200 }),
  filters: filtersSchema,
  alarms: alarmsSchema,
  reconciliation: reconciliationSchema,
  retention: retentionSchema,
  outboundMailboxes: Type.Array(outboundMailboxSchema, { maxItems: 200 }),
  /** Where mail leaves that no other outbound mailbox sends for. Null: it is captured, shown and never sent. */
  defaultOutbound: Type.Union([idSchema, Type.Null()]),
  budgets: budgetsSchema,
  /** `host:port` pairs in private ranges that data actions may reach all the same. */
  outgoingAllow: Type.Array(Type.String({ minLength: 1, maxLength: 260 })),
  users: Type.Array(userSchema),
  deletedUsers: Type.Array(deletedUserSchema, { maxItems: 10_000 }),
  signInProviders: Type.Array(signInProviderSchema, { maxItems: 20 }),
  /** Whether people may sign in with a password of Sluice's own. */
  localSignIn: Type.Boolean(),
  tokens: Type.Array(tokenSchema),
  /** By mailbox, and gone once the first look by the new login went well. */
  loginMoves: Type.Record(idSchema, loginMoveSchema),
});

export type LoginMove = Type.Static<typeof loginMoveSchema>;
export type Queue = Type.Static<typeof queueSchema>;
export type Mailbox = Type.Static<typeof mailboxSchema>;
export type Budgets = Type.Static<typeof budgetsSchema>;
export type User = Type.Static<typeof userSchema>;
export type Token = Type.Static<typeof tokenSchema>;
export type Settings = Type.Static<typeof settingsSchema>;
