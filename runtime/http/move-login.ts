import type { MovedLogin } from '../../schemas/api/mailboxes.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { mailboxIn } from './mailbox-settings.ts';
import type { Services } from './services.ts';

type Needed = Pick<Services, 'settings' | 'mailboxes' | 'topics'>;
type Login = Pick<NonNullable<Mailbox['imap']>, 'password' | 'authorisation'>;

/** Longer than a first look takes, shorter than a person waits. */
const firstLookMs = 30_000;

/**
 * Has a mailbox sign in by an authorisation in place of what it signs in by now. It is tried before; and where the first look afterwards fails,
 * the former login is in force again, and is looked at, too. Mailbox, user and place stay the same, so nothing is taken twice or left out.
 *
 * @throws UserError `no-login-to-move`, `login-moved-already` (409).
 */
export async function moveLogin(services: Needed, id: string, authorisation: string): Promise<MovedLogin> {
  const { settings, mailboxes } = services;
  const before = mailboxIn(settings.read(), id);
  const former = loginOf(before);
  if (former.authorisation === authorisation) {
    throw new UserError('login-moved-already', `${before.name} signs in by this authorisation already.`, {
      status: 409,
    });
  }
  const tried = structuredClone(before);
  signInBy(tried, { authorisation });
  const report = await mailboxes.verify(tried);
  if (!report.ok) return { moved: false, message: 'Nothing was changed: the trial did not succeed.', report };

  await settings.update((draft) => signInBy(mailboxIn(draft, id), { authorisation }));
  if (!before.enabled) {
    const message =
      'The mailbox signs in by the authorisation from now on. It is switched off, so it has not looked yet.';
    return { moved: true, message, report };
  }
  const failure = await firstLook(services, id);
  if (failure === undefined) {
    const message = 'The mailbox signs in by the authorisation now. It goes on where it stood.';
    return { moved: true, message, report };
  }
  const isBack = await bringBack(services, id, authorisation, former);
  if (!isBack)
    return { moved: false, message: `Somebody changed the login meanwhile. Before that: ${failure}`, report };
  const how = former.authorisation === undefined ? 'its password' : 'its former authorisation';
  const again = await firstLook(services, id);
  const state = again === undefined ? 'and goes on where it stood' : `and has this to say: ${again}`;
  return {
    moved: false,
    message: `The mailbox signs in by ${how} again ${state}. The switch failed: ${failure}`,
    report,
  };
}

/** False where the login is another one by now: what somebody has entered meanwhile stays. */
async function bringBack({ settings }: Needed, id: string, authorisation: string, former: Login): Promise<boolean> {
  let isBack = false;
  await settings.update((draft) => {
    const mailbox = mailboxIn(draft, id);
    isBack = loginOf(mailbox).authorisation === authorisation;
    if (isBack) signInBy(mailbox, former);
  });
  return isBack;
}

function serverOf(mailbox: Mailbox): Login {
  const server = mailbox.type === 'smtp-receiver' || mailbox.type === 'graph' ? undefined : mailbox[mailbox.type];
  if (server !== undefined) return server;
  throw new UserError('no-login-to-move', 'Only IMAP, POP3 and Exchange mailboxes sign in by a password.', {
    status: 409,
  });
}

function loginOf(mailbox: Mailbox): Login {
  const { password, authorisation } = serverOf(mailbox);
  return { ...(password !== undefined && { password }), ...(authorisation !== undefined && { authorisation }) };
}

function signInBy(mailbox: Mailbox, login: Login): void {
  const server = serverOf(mailbox);
  delete server.password;
  delete server.authorisation;
  Object.assign(server, login);
}

/** What went wrong at the first look by the login that is in force; undefined once one went well. */
async function firstLook({ mailboxes, topics }: Needed, id: string): Promise<string | undefined> {
  // What the former login still finds says nothing of the new one.
  await mailboxes.aligned(id);
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(() => resolve('The server did not answer in time.'), firstLookMs);
  const check = () => {
    const { state, lastSuccessAt, lastError } = mailboxes.status(id);
    const isRead = state === 'connected' && lastSuccessAt !== undefined;
    if (isRead || state === 'stopped') resolve(undefined);
    else if (lastError !== undefined) resolve(lastError.message);
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
