import type { WayTaken } from '../../schemas/api/interactions.ts';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import type { Route } from '../../schemas/route.ts';
import type { Effect, Run } from '../../schemas/run.ts';
import type { Challenge } from '../filters/challenges.ts';
import type { ParsedMail } from '../mail/parsed-mail.ts';
import type { MailHead } from '../mail/read-head.ts';
import type { ConversationLink } from './find-conversation.ts';

/** What is to become of a mail: everything that settle writes, decided before its transaction begins. */
export interface Settlement {
  state: 'queued' | 'disconnected' | 'quarantined' | 'held' | 'skipped';
  queue: string | null;
  priority: number;
  skills: readonly string[];
  /** For a person; empty where there is nothing to say. */
  reason: string;
  flow: string | null;
  version: number | null;
  mail: ParsedMail | null;
  /** Of a mail that could not be parsed: what lists show of it. */
  head?: MailHead;
  run: Run | null;
  /** Id of the route that took it; null where none did. */
  route: string | null;
  /** How it came to that route. */
  way?: WayTaken;
  /** What leaves without a run: the question to a sender whom nobody knows. */
  effects?: readonly Effect[];
  challenge?: Challenge;
  /** The conversation that it joins. */
  link?: ConversationLink | undefined;
}

/** It answers a conversation that its sender has no part in; its reason begins with this. */
export const strangerReply = 'stranger-reply';

/** What is to leave: what the flow asks for, or the filters. */
export function effectsOf({ run, effects = [] }: Settlement): readonly Effect[] {
  return run?.effects ?? effects;
}

/** The mail itself cannot be handled. */
export function quarantined(reason: string, mail: ParsedMail | null = null, head?: MailHead): Settlement {
  return { ...waitingForPerson, state: 'quarantined', reason, mail, ...(head === undefined ? {} : { head }) };
}

/** The mail is fine; a route or a flow for it is missing. */
export function held(
  reason: string,
  mail: ParsedMail,
  { route = null, flow = null }: { route?: string | null; flow?: string | null } = {},
): Settlement {
  return { ...waitingForPerson, state: 'held', reason, mail, flow, route };
}

/** Whoever learns the id of a mail could speak in a conversation of others: a person says whether they may. */
export function heldStranger(mail: ParsedMail): Settlement {
  const { address } = mail.email.from;
  const reason = `${strangerReply}: ${address || 'a mail without a sender'} answers a conversation without having had a part in it. Release the mail, or split it off.`;
  return held(reason, mail);
}

/** A route that leads to a queue without a flow. */
export function straightTo(
  { queue, priority = 0, skills = [] }: NonNullable<Route['straight']>,
  mail: ParsedMail,
  route: string,
): Settlement {
  return { ...waitingForPerson, state: 'queued', queue, priority, skills, reason: '', mail, route };
}

/** Stopped by a filter before any flow. It is kept, and can be let through. */
export function skipped(reason: string, mail: ParsedMail): Settlement {
  return { ...waitingForPerson, state: 'skipped', reason, mail };
}

/** What a run decided, as it is to be written. */
export function settlementOf(run: Run, mail: ParsedMail, route: string): Settlement {
  const { ending } = run;
  return {
    state: ending.type === 'disconnect' ? 'disconnected' : 'queued',
    queue: ending.queue ?? null,
    priority: ending.priority,
    skills: ending.skills ?? [],
    reason: ending.reason ?? '',
    flow: run.flow,
    version: run.version,
    mail,
    run,
    route,
  };
}

/** Code and message of an error, as one line for a person. */
export function reasonOf(thrown: unknown): string {
  const error = coerceError(thrown);
  return error instanceof UserError || error instanceof OperationalError
    ? `${error.code}: ${error.message}`
    : `unexpected: ${error.message}`;
}

const waitingForPerson = {
  queue: null,
  priority: 0,
  skills: [],
  flow: null,
  version: null,
  run: null,
  route: null,
} as const;
