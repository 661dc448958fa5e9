import type { Email } from '../../schemas/email.ts';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import type { Run } from '../../schemas/run.ts';
import type { MailHead } from '../mail/read-head.ts';

/** What is to become of a mail: everything that settle writes, decided before its transaction begins. */
export interface Settlement {
  state: 'queued' | 'disconnected' | 'quarantined' | 'held';
  queue: string | null;
  priority: number;
  skills: readonly string[];
  /** For a person; empty where there is nothing to say. */
  reason: string;
  flow: string | null;
  version: number | null;
  email: Email | null;
  /** Of a mail without email: what lists show of it. */
  head?: MailHead;
  run: Run | null;
}

/** The mail itself cannot be handled. */
export function quarantined(reason: string, email: Email | null = null, head?: MailHead): Settlement {
  return { ...waitingForPerson, state: 'quarantined', reason, email, ...(head === undefined ? {} : { head }) };
}

/** The mail is fine; a route or a flow for it is missing. */
export function held(reason: string, email: Email, flow: string | null = null): Settlement {
  return { ...waitingForPerson, state: 'held', reason, email, flow };
}

/** What a run decided, as it is to be written. */
export function settlementOf(run: Run, email: Email): Settlement {
  const { ending } = run;
  return {
    state: ending.type === 'disconnect' ? 'disconnected' : 'queued',
    queue: ending.queue ?? null,
    priority: ending.priority,
    skills: ending.skills ?? [],
    reason: ending.reason ?? '',
    flow: run.flow,
    version: run.version,
    email,
    run,
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
} as const;
