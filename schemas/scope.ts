import type { Email } from './email.ts';

/** What conditions and templates see. Names are part of the flow contract. */
export interface Scope {
  email: Email;
  interaction: { id: string; email: Email; priority: number; receivedAt: string };
  /** Flow variables by name. */
  flow: Record<string, unknown>;
  /** Inputs and outputs of the task that runs; nothing outside of one. */
  task?: Record<string, unknown> | undefined;
  /** The innermost running loop of the sheet: the item of this round, its number from 0, and how many there are. */
  loop?: { item: unknown; index: number; count: number } | undefined;
  /** How the mail came; all but id and address are empty where the route says nothing of them. */
  route: {
    id: string;
    address: string;
    name?: string;
    from?: string;
    fromName?: string;
    replyTo?: string;
    signature?: string;
  };
  mailbox: { id: string; name: string; address: string };
  system: { now: string };
}
