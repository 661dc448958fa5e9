import {
  type MailboxBody,
  type MailboxChange,
  type MailboxRemoved,
  maxBytesLimits,
} from '../../schemas/api/mailboxes.ts';
import { addressPattern } from '../../schemas/entered-texts.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Route } from '../../schemas/route.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import type { Seal } from '../mailboxes/server-settings.ts';
import { sourceTypeOf } from '../mailboxes/source-types.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { Store } from '../store/store.ts';
import { freeId } from './free-id.ts';
import { refuseOpenText } from './refuse-open-text.ts';
import { refuseTakenName } from './refuse-taken-name.ts';
import type { Services } from './services.ts';

interface Needed {
  settings: SettingsStore;
  store: Pick<Store, 'read'>;
  flows: Pick<Services['flows'], 'published' | 'drafts'>;
}

/**
 * Adds the mailbox, its password sealed, and a route if it names a flow. Throws UserError `mailbox-name-taken` (409),
 * `unknown-flow` (422).
 */
export async function createMailbox({ settings, store, flows }: Needed, body: MailboxBody): Promise<Mailbox> {
  if (body.flow !== undefined) await refuseUnknownFlow(flows, body.flow);
  const id = await freshId(body.name, settings.read(), store);
  const next = await settings.update((draft) => {
    refuseTakenName(draft, body.name);
    draft.mailboxes.push(mailboxFrom(body, id, settings));
    if (body.flow !== undefined) {
      draft.routes.push({ id: freeId(id, draft.routes, 'route'), pattern: '*', mailbox: id, flow: body.flow });
    }
  });
  return mailboxIn(next, id);
}

/** The mailbox that a person described, with what they left out. */
export function mailboxFrom(body: MailboxBody, id: string, settings: Pick<SettingsStore, 'seal'>): Mailbox {
  const mailbox: Mailbox = {
    id,
    name: body.name,
    ...(body.description === undefined ? {} : { description: body.description }),
    type: body.type,
    address: body.address,
    // Without a route its mail would only wait: a route enables it, or whoever says so.
    enabled: body.enabled ?? body.flow !== undefined,
    folders: [],
    pollSeconds: body.pollSeconds ?? 60,
    maxBytes: body.maxBytes ?? maxBytesLimits.least,
    ...sourceTypeOf(body)?.store(body, settings.seal),
  };
  refuseOpenMailbox(mailbox);
  return mailbox;
}

/** Changes what the body names. Throws UserError `folder-routed` (409), `bad-address` (422). */
export async function changeMailbox(
  { settings }: Pick<Needed, 'settings'>,
  id: string,
  body: MailboxChange,
): Promise<Mailbox> {
  const next = await settings.update((draft) => {
    const { folders } = mailboxIn(draft, id);
    applyChange(draft, id, body, settings.seal);
    refuseRoutedFolders(draft, mailboxIn(draft, id), folders);
  });
  return mailboxIn(next, id);
}

/** A route of a folder that is taken from no more would wait for mail that never comes. */
function refuseRoutedFolders(
  { routes }: Settings,
  { id, name, folders: left }: Mailbox,
  before: readonly string[],
): void {
  const gone = before.filter((folder) => !left.includes(folder));
  const using = routes.filter(({ mailbox, folder }) => mailbox === id && folder !== undefined && gone.includes(folder));
  const folders = [...new Set(using.map(({ folder }) => `"${folder}"`))].join(', ');
  refuseWhileRouted('folder-routed', using, `${folders} of ${name}`);
}

function refuseWhileRouted(code: string, using: readonly Route[], from: string): void {
  if (using.length === 0) return;
  const named = using
    .slice(0, 10)
    .map(({ name, pattern }) => `"${name || pattern}"`)
    .join(', ');
  const message =
    using.length === 1
      ? `The route ${named} leads from ${from}. Delete or change it first.`
      : `The routes ${named} lead from ${from}. Delete or change them first.`;
  throw new UserError(code, message, { status: 409, data: { routes: using.map(({ id }) => id) } });
}

/** A flow that is still drawn may be named: its mail waits for a person until it is published. */
async function refuseUnknownFlow(flows: Needed['flows'], id: string): Promise<void> {
  if (flows.published(id) !== null || (await flows.drafts(id)).length > 0) return;
  const message = `There is no flow "${id}". Draw or publish it first, or leave it out and make a route later.`;
  throw new UserError('unknown-flow', message, { status: 422 });
}

/** The mailbox as it would be stored after the change. */
export function changedMailbox(settings: SettingsStore, id: string, body: MailboxChange): Mailbox {
  const draft = structuredClone(settings.read());
  applyChange(draft, id, body, settings.seal);
  return mailboxIn(draft, id);
}

function applyChange(draft: Settings, id: string, body: MailboxChange, seal: Seal): void {
  const { name, description, address, pollSeconds, maxBytes, enabled, ...own } = body;
  const common = Object.entries({ name, description, address, pollSeconds, maxBytes, enabled });
  const mailbox = mailboxIn(draft, id);
  if (name !== undefined) refuseTakenName(draft, name, mailbox);
  if (address !== undefined) refuseBadAddress(address, mailbox);
  Object.assign(mailbox, Object.fromEntries(common.filter(([, value]) => value !== undefined)));
  const named = Object.keys(own);
  if (named.length === 0) return;
  const type = sourceTypeOf(mailbox);
  if (type === undefined) {
    throw new UserError('no-connection', 'The built-in receiver has no connection to change.', { status: 409 });
  }
  const foreign = named.filter((property) => !type.properties.includes(property));
  if (foreign.length > 0) {
    const message = `A mailbox of type "${mailbox.type}" has no ${foreign.map((property) => `"${property}"`).join(', ')}. Leave it out.`;
    throw new UserError('not-of-this-type', message, { status: 422 });
  }
  type.change(mailbox, own, seal);
  refuseOpenMailbox(mailbox);
}

/** One that is stored already takes mail all the same, and nobody should have to mend it for something else. */
function refuseBadAddress(address: string, before: Mailbox): void {
  if (address === before.address || new RegExp(addressPattern).test(address)) return;
  throw new UserError('bad-address', `"${address}" is no address such as support@example.com.`, { status: 422 });
}

function refuseOpenMailbox(mailbox: Mailbox): void {
  const connection = mailbox.type === 'smtp-receiver' ? undefined : mailbox[mailbox.type];
  if (connection && 'security' in connection) refuseOpenText(connection.security, connection.host);
}

/** Whoever makes a route from a mailbox means its mail to come: a mailbox that a new route names is switched on. */
export function enableRouted(mailboxes: readonly Mailbox[], before: readonly Route[], after: readonly Route[]): void {
  const ledFrom = (routes: readonly Route[]) =>
    new Set(routes.filter(({ enabled }) => enabled !== false).map(({ mailbox }) => mailbox));
  const led = ledFrom(before);
  const newly = new Set([...ledFrom(after)].filter((id) => id !== undefined && !led.has(id)));
  for (const mailbox of mailboxes) if (newly.has(mailbox.id)) mailbox.enabled = true;
}

/**
 * What belongs to the mailbox alone goes with it: its filters, its hour of comparison, its open alarms. Throws UserError `receiver-stays`,
 * `mailbox-enabled`, `mailbox-routed` (409).
 */
export async function removeMailbox(
  { settings, alarms }: Pick<Services, 'settings' | 'alarms'>,
  id: string,
): Promise<MailboxRemoved> {
  let filtersDeleted = false;
  await settings.update((draft) => {
    const mailbox = mailboxIn(draft, id);
    if (mailbox.type === 'smtp-receiver') {
      throw new UserError('receiver-stays', 'The built-in receiver cannot be deleted; disable it instead.', {
        status: 409,
      });
    }
    if (mailbox.enabled) {
      const message = `${mailbox.name} is switched on and may be taking mail. Switch it off first.`;
      throw new UserError('mailbox-enabled', message, { status: 409 });
    }
    const using = draft.routes.filter((entry) => entry.mailbox === id);
    refuseWhileRouted('mailbox-routed', using, mailbox.name);
    draft.mailboxes.splice(draft.mailboxes.indexOf(mailbox), 1);
    filtersDeleted = Object.hasOwn(draft.filters.mailboxes, id);
    delete draft.filters.mailboxes[id];
    delete draft.reconciliation.mailboxes[id];
  });
  return { filtersDeleted, alarmsCleared: await alarms.clearOf(id) };
}

/** The mailbox of that id. Throws UserError `mailbox-not-found` (404). */
export function mailboxIn(settings: Settings, id: string): Mailbox {
  const mailbox = settings.mailboxes.find((candidate) => candidate.id === id);
  if (mailbox === undefined) throw new UserError('mailbox-not-found', `There is no mailbox "${id}".`, { status: 404 });
  return mailbox;
}

/**
 * Never the id of a mailbox that once was: the ledger knows its mails by mailbox and server key, and would take the mails of the new one for
 * known if their keys happened to agree.
 */
async function freshId(name: string, settings: Settings, store: Pick<Store, 'read'>): Promise<string> {
  const taken = settings.mailboxes.map(({ id }) => ({ id }));
  for (;;) {
    const id = freeId(name, taken, 'mailbox');
    const inLedger = await store.read
      .selectFrom('ledger')
      .select('id')
      .where('mailbox', '=', id)
      .limit(1)
      .executeTakeFirst();
    const inCursors = await store.read
      .selectFrom('cursors')
      .select('mailbox')
      .where('mailbox', '=', id)
      .limit(1)
      .executeTakeFirst();
    if (inLedger === undefined && inCursors === undefined) return id;
    taken.push({ id });
  }
}
