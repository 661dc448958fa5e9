import type { Email } from '../../schemas/email.ts';
import type { Scope } from '../../schemas/scope.ts';
import { runContext, typicalEmail } from '../engine/given.ts';

/** The scope of a run on the typical mail; headers come without a prototype, as the mail room makes them. */
export function scopeOf(changes: Partial<Email> = {}, flow: Record<string, unknown> = { category: 'billing' }): Scope {
  const headers = changes.headers && Object.assign(Object.create(null), changes.headers);
  const email = typicalEmail({ ...changes, ...(headers ? { headers } : {}) });
  const { interactionId: id, receivedAt, route, mailbox } = runContext;
  return {
    email,
    interaction: { id, email, priority: 0, receivedAt },
    flow,
    route,
    mailbox,
    system: { now: '2026-11-21T08:00:02.000Z' },
  };
}
