import type { Email } from '../../schemas/email.ts';
import type { Route } from '../../schemas/route.ts';
import { type ChosenRoute, chooseRoutes } from '../../schemas/routing/choose.ts';
import type { Mailbox } from '../../schemas/settings.ts';

/** Headers in which a server notes the address that it really delivered to: they know of Bcc and of aliases, `To` does not. */
const deliveryHeaders = ['delivered-to', 'x-original-to'];

/** The one route that a mail takes; null if none fits. */
export function chooseRoute(
  routes: readonly Route[],
  mailbox: Pick<Mailbox, 'id' | 'address'>,
  recipients: readonly string[],
  { folder, envelope }: { folder?: string | undefined; envelope?: { to: readonly string[] } | undefined } = {},
): ChosenRoute | null {
  const isCertain = isByEnvelope(envelope);
  return chooseRoutes(routes, { mailbox: mailbox.id, folder, recipients, own: mailbox.address, isCertain })[0] ?? null;
}

/** Whether the recipients are those of the SMTP transaction. */
export function isByEnvelope(envelope: { to: readonly string[] } | undefined): boolean {
  return envelope !== undefined && envelope.to.length > 0;
}

/** SMTP's recipients where there are some: headers are only what the sender wrote. */
export function recipientsOf(email: Email, envelope: { to: readonly string[] } | undefined): string[] {
  if (envelope !== undefined && isByEnvelope(envelope)) return [...envelope.to];
  const delivered = deliveryHeaders.flatMap((name) =>
    Object.hasOwn(email.headers, name) ? (email.headers[name] ?? []) : [],
  );
  return [...delivered, ...[...email.to, ...email.cc].map((recipient) => recipient.address)];
}
