import type { Email } from './email.ts';

/** What conditions and templates see. Names are part of the flow contract. */
export interface Scope {
  email: Email;
  interaction: { id: string; email: Email; priority: number; receivedAt: string };
  /** Flow variables by name. */
  flow: Record<string, unknown>;
  route: { id: string; address: string };
  mailbox: { id: string; name: string; address: string };
  system: { now: string };
}
