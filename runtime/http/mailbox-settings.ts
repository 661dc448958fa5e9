import type { MailboxBody, MailboxChange } from '../../schemas/api/mailboxes.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { Store } from '../store/store.ts';
import { freeId } from './free-id.ts';
import { refuseOpenText } from './refuse-open-text.ts';

interface Needed {
  settings: SettingsStore;
  store: Pick<Store, 'read'>;
}

/** Adds the mailbox, its password sealed, and a route if it names a flow. Throws UserError `mailbox-name-taken` (409). */
export async function createMailbox({ settings, store }: Needed, body: MailboxBody): Promise<Mailbox> {
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
  const security = body.security ?? 'tls';
  refuseOpenText(security, body.host);
  return {
    id,
    name: body.name,
    ...(body.description === undefined ? {} : { description: body.description }),
    type: 'imap',
    address: body.address,
    enabled: body.enabled ?? true,
    imap: {
      host: body.host,
      port: body.port ?? (security === 'tls' ? 993 : 143),
      security,
      ...(body.ca ? { ca: body.ca } : {}),
      username: body.username,
      password: settings.seal(body.password),
    },
    folders: body.folders ?? ['INBOX'],
    pollSeconds: body.pollSeconds ?? 60,
    maxBytes: body.maxBytes ?? 26_214_400,
  };
}

/** Changes what the body names. A new host asks for the password again: else whoever may edit a mailbox could have it sent to a server of theirs. */
export async function changeMailbox({ settings }: Needed, id: string, body: MailboxChange): Promise<Mailbox> {
  const { host, port, security, ca, username, password, ...plain } = body;
  const next = await settings.update((draft) => {
    const mailbox = mailboxIn(draft, id);
    if (plain.name !== undefined) refuseTakenName(draft, plain.name, id);
    Object.assign(mailbox, plain);
    const connection = { host, port, security, ca, username };
    const changes = Object.fromEntries(Object.entries(connection).filter(([, value]) => value !== undefined));
    if (mailbox.imap === undefined) {
      if (Object.keys(changes).length > 0 || password !== undefined) {
        throw new UserError('no-connection', 'The built-in receiver has no connection to change.', { status: 409 });
      }
      return;
    }
    if (host !== undefined && host !== mailbox.imap.host && password === undefined) {
      const message = 'Enter the password again: it is not sent to another server than the one it was saved for.';
      throw new UserError('password-needed', message, { status: 422 });
    }
    Object.assign(mailbox.imap, changes, password === undefined ? {} : { password: settings.seal(password) });
    // Cleared in the form: the public authorities count again.
    if (mailbox.imap.ca === '') delete mailbox.imap.ca;
    refuseOpenText(mailbox.imap.security, mailbox.imap.host);
  });
  return mailboxIn(next, id);
}

export async function removeMailbox({ settings }: Needed, id: string): Promise<void> {
  await settings.update((draft) => {
    const mailbox = mailboxIn(draft, id);
    if (mailbox.type === 'smtp-receiver') {
      throw new UserError('receiver-stays', 'The built-in receiver cannot be deleted; disable it instead.', {
        status: 409,
      });
    }
    draft.mailboxes.splice(draft.mailboxes.indexOf(mailbox), 1);
    draft.routes = draft.routes.filter((entry) => entry.mailbox !== id);
  });
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

function refuseTakenName(settings: Settings, name: string, except?: string): void {
  const folded = name.toLowerCase();
  if (settings.mailboxes.some((mailbox) => mailbox.id !== except && mailbox.name.toLowerCase() === folded)) {
    throw new UserError('mailbox-name-taken', `There is a mailbox named "${name}" already.`, { status: 409 });
  }
}
