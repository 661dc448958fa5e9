import type { OutboundMailboxBody, OutboundMailboxChange } from '../../schemas/api/outbound-mailboxes.ts';
import { UserError } from '../../schemas/errors.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { Settings } from '../../schemas/settings.ts';
import { senderTypeOf } from '../outbound/sender-types.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { freeId } from './free-id.ts';
import { refuseTakenName } from './refuse-taken-name.ts';

interface Needed {
  settings: SettingsStore;
}

/** Adds the outbound mailbox, its password sealed; the first one is the default. Throws UserError `mailbox-name-taken` (409). */
export async function createOutbound({ settings }: Needed, body: OutboundMailboxBody): Promise<OutboundMailbox> {
  let id = '';
  const next = await settings.update((draft) => {
    refuseTakenName(draft, body.name);
    id = freeId(body.name, draft.outboundMailboxes, 'outbound');
    draft.outboundMailboxes.push(outboundFrom(body, id, settings));
    if (body.isDefault ?? draft.defaultOutbound === null) draft.defaultOutbound = id;
  });
  return outboundIn(next, id);
}

/** The outbound mailbox that a person described, with what they left out. */
export function outboundFrom(
  body: OutboundMailboxBody,
  id: string,
  settings: Pick<SettingsStore, 'seal'>,
): OutboundMailbox {
  const { description, from, fromName, bounceAddress } = body;
  const mailbox: OutboundMailbox = {
    id,
    name: body.name,
    type: body.type,
    enabled: body.enabled ?? true,
    ...filled({ description, from, fromName, bounceAddress }),
    sendsFor: body.sendsFor ?? [],
    envelopeSender: body.envelopeSender ?? 'nobody',
    connections: body.connections ?? 5,
    mailsPerConnection: body.mailsPerConnection ?? 100,
    limits: body.limits ?? {},
    ...senderTypeOf(body).store(body, settings.seal),
  };
  refuseMissingBounceAddress(mailbox);
  return mailbox;
}

/** Changes what the body names; an empty text clears. */
export async function changeOutbound(
  { settings }: Needed,
  id: string,
  body: OutboundMailboxChange,
): Promise<OutboundMailbox> {
  const { name, description, enabled, from, fromName, sendsFor, envelopeSender, bounceAddress, ...rest } = body;
  const { connections, mailsPerConnection, limits, isDefault, ...own } = rest;
  const named = { name, enabled, sendsFor, envelopeSender, connections, mailsPerConnection, limits };
  const texts = { description, from, fromName, bounceAddress };
  const next = await settings.update((draft) => {
    const mailbox = outboundIn(draft, id);
    if (name !== undefined) refuseTakenName(draft, name, mailbox);
    Object.assign(mailbox, Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)));
    for (const text of ['description', 'from', 'fromName', 'bounceAddress'] as const) {
      if (texts[text] === '') delete mailbox[text];
    }
    Object.assign(mailbox, filled(texts));
    if (Object.keys(own).length > 0) changeConnection(mailbox, own, settings);
    refuseMissingBounceAddress(mailbox);
    if (isDefault === true) draft.defaultOutbound = id;
    if (isDefault === false && draft.defaultOutbound === id) throw stillDefault();
  });
  return outboundIn(next, id);
}

function changeConnection(mailbox: OutboundMailbox, own: OutboundMailboxChange, settings: SettingsStore): void {
  const type = senderTypeOf(mailbox);
  const foreign = Object.keys(own).filter((property) => !type.properties.includes(property));
  if (foreign.length > 0) {
    const message = `An outbound mailbox of type "${mailbox.type}" has no ${foreign.map((property) => `"${property}"`).join(', ')}. Leave it out.`;
    throw new UserError('not-of-this-type', message, { status: 422 });
  }
  type.change(mailbox, own, settings.seal);
}

/** The default can go only when it is the last: then mail is captured. Throws UserError `outbound-is-default` (409). */
export async function removeOutbound({ settings }: Needed, id: string): Promise<void> {
  await settings.update((draft) => {
    const mailbox = outboundIn(draft, id);
    if (draft.defaultOutbound === id && draft.outboundMailboxes.length > 1) throw stillDefault();
    if (draft.defaultOutbound === id) draft.defaultOutbound = null;
    draft.outboundMailboxes.splice(draft.outboundMailboxes.indexOf(mailbox), 1);
  });
}

/** The outbound mailbox of that id. Throws UserError `outbound-not-found` (404). */
export function outboundIn(settings: Settings, id: string): OutboundMailbox {
  const mailbox = settings.outboundMailboxes.find((candidate) => candidate.id === id);
  if (mailbox === undefined) {
    throw new UserError('outbound-not-found', `There is no outbound mailbox "${id}".`, { status: 404 });
  }
  return mailbox;
}

function refuseMissingBounceAddress({ envelopeSender, bounceAddress }: OutboundMailbox): void {
  if (envelopeSender !== 'bounces' || bounceAddress !== undefined) return;
  const message =
    'Name the address that reports of failure come to: one that Sluice reads, such as bounces@ and a domain of yours.';
  throw new UserError('bounce-address-needed', message, { status: 422 });
}

function stillDefault(): UserError {
  const message = 'This is the default outbound mailbox. Make another one the default first.';
  return new UserError('outbound-is-default', message, { status: 409 });
}

function filled<T extends Record<string, string | undefined>>(texts: T): { [K in keyof T]?: string } {
  // Only entries that are texts are left.
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text)) as { [K in keyof T]?: string };
}
