import type { AlarmKind } from '../../../schemas/api/alarms.ts';

/** Who came in and changed what, what is watched, and what was removed. */
export interface UpkeepTables {
  /** Every change that somebody made: who, what, from what to what. Written once. */
  audit: {
    /** ULID: sorts by time. */
    id: string;
    at: number;
    who: string;
    who_name: string;
    role: string;
    proved_by: string;
    address: string;
    method: string;
    path: string;
    what: string;
    /** JSON: the names in the path. */
    target: string;
    /** JSON [{path, before, after}]. */
    changes: string;
  };

  /** `hash` is SHA-256 of the cookie's token: a stolen database opens no session. */
  sessions: {
    hash: string;
    user: string;
    created_at: number;
    expires_at: number;
    /** Of a sign-in by a provider: its id, and where a sign-out ends the session there, sealed. */
    provider: string | null;
    leave_url: string | null;
  };

  /** What authorisations have at their providers. */
  authorisations: {
    id: string;
    /** Sealed; each refresh may replace it, and then the former works no more. */
    refresh_token: string | null;
    /** Whom the provider named. */
    account: string | null;
    authorised_at: number | null;
    /** When the provider last gave a token. */
    granted_at: number | null;
    /** JSON {code, message, at}; null after a success. */
    failure: string | null;
  };

  /** UNIQUE (key) while it is open. */
  alarms: {
    id: string;
    key: string;
    kind: AlarmKind;
    mailbox: string | null;
    message: string;
    raised_at: number;
    acknowledged_at: number | null;
    acknowledged_by: string | null;
    cleared_at: number | null;
  };

  /** What the webhook is to be told; `body` is JSON. */
  alarm_messages: {
    id: string;
    body: string;
    state: 'waiting' | 'sent' | 'failed';
    attempts: number;
    created_at: number;
    next_attempt_at: number;
    error: string;
  };

  /** What the retention rules removed, run by run. */
  retention_runs: {
    id: string;
    cause: 'nightly' | 'by-hand';
    /** `skipped`: a night that was left out; `error` says why. */
    state: 'running' | 'done' | 'failed' | 'skipped';
    started_at: number;
    ended_at: number | null;
    /** JSON of the RetentionRules that were in force. */
    rules: string;
    /** JSON of rows by kind. */
    removed: string;
    error: string;
  };
}
