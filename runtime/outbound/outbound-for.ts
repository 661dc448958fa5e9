import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { Settings } from '../../schemas/settings.ts';

/** Settings are replaced as a whole and never changed in place: what was made of them holds for as long as they do. */
const known = new WeakMap<Settings, ReadonlyMap<string, OutboundMailbox>>();

/**
 * The outbound mailbox through which mail from an address leaves: the one chosen by name, else the one that sends for the address, else for its
 * domain, else the default. Null: it is captured.
 *
 * @param chosen id of an outbound mailbox that a From address or a route names.
 */
export function outboundFor(settings: Settings, from: string, chosen?: string): OutboundMailbox | null {
  const byKey = known.get(settings) ?? collect(settings);
  known.set(settings, byKey);
  const address = from.toLowerCase();
  const domain = address.slice(address.lastIndexOf('@'));
  return (
    (chosen === undefined ? undefined : byKey.get(`id:${chosen}`)) ??
    byKey.get(address) ??
    byKey.get(`*${domain}`) ??
    byKey.get(`id:${settings.defaultOutbound ?? ''}`) ??
    null
  );
}

/** By id, and by all that a mailbox sends for; of two that send for the same the first in the list does. */
function collect({ outboundMailboxes }: Settings): ReadonlyMap<string, OutboundMailbox> {
  const byKey = new Map<string, OutboundMailbox>();
  for (const mailbox of outboundMailboxes) {
    for (const pattern of [`id:${mailbox.id}`, ...mailbox.sendsFor.map((each) => each.toLowerCase())]) {
      if (!byKey.has(pattern)) byKey.set(pattern, mailbox);
    }
  }
  return byKey;
}
