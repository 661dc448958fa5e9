import type { MovedLogin } from '../../schemas/api/mailboxes.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { mailboxIn } from './mailbox-settings.ts';
import type { Services } from './services.ts';

/** Longer than a first look takes, shorter than a person waits. */
const firstLookMs = 30_000;

/**
 * Has a mailbox sign in by an authorisation in place of its password. It is tried before; and where the first look afterwards fails, the
 * password is in force again. Mailbox, user and place stay the same, so nothing is taken twice or left out.
 *
 * @throws UserError `no-password-to-move` (409).
 */
export async function moveLogin(
  { settings, mailboxes, topics }: Pick<Services, 'settings' | 'mailboxes' | 'topics'>,
  id: string,
  authorisation: string,
): Promise<MovedLogin> {
  const before = mailboxIn(settings.read(), id);
  const tried = structuredClone(before);
  signInBy(tried, { authorisation });
  const report = await mailboxes.verify(tried);
  if (!report.ok) {
    return { moved: false, message: 'Nothing was changed: the trial did not succeed.', report };
  }
  const { password } = serverOf(before);
  const since = Date.now();
  await settings.update((draft) => signInBy(mailboxIn(draft, id), { authorisation }));
  const failure = before.enabled ? await firstLook({ mailboxes, topics }, id, since) : undefined;
  if (failure === undefined) return { moved: true, message: 'The mailbox signs in by the authorisation now.', report };
  await settings.update((draft) => signInBy(mailboxIn(draft, id), { password }));
  return { moved: false, message: `The mailbox signs in by its password again: ${failure}`, report };
}

function serverOf(mailbox: Mailbox) {
  const server = mailbox.type === 'imap' ? mailbox.imap : mailbox.type === 'pop3' ? mailbox.pop3 : undefined;
  if (server !== undefined) return server;
  throw new UserError('no-password-to-move', 'Only IMAP and POP3 mailboxes sign in by a password.', { status: 409 });
}

function signInBy(mailbox: Mailbox, login: { password?: string | undefined; authorisation?: string }): void {
  const server = serverOf(mailbox);
  delete server.password;
  delete server.authorisation;
  Object.assign(server, login);
}

/** What went wrong at the first look since then; undefined once one went well. */
async function firstLook(
  { mailboxes, topics }: Pick<Services, 'mailboxes' | 'topics'>,
  id: string,
  since: number,
): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(() => resolve('the server did not answer in time.'), firstLookMs);
  const check = () => {
    const { state, lastSuccessAt, lastError } = mailboxes.status(id);
    if (state === 'connected' && Date.parse(lastSuccessAt ?? '') >= since) resolve(undefined);
    else if (lastError !== undefined && Date.parse(lastError.at) >= since) resolve(lastError.message);
  };
  const stopListening = topics.onChange(check);
  check();
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}
