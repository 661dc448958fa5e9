import type { MovedLogin } from '../../schemas/api/mailboxes.ts';
import { coerceError, UserError } from '../../schemas/errors.ts';
import type { LoginMove, Mailbox, Settings } from '../../schemas/settings.ts';
import type { Mailboxes } from './mailboxes.ts';

interface LoginMovesDeps {
  settings: { read(): Settings; update(change: (draft: Settings) => void): Promise<Settings> };
  mailboxes: Pick<Mailboxes, 'verify' | 'aligned' | 'status'>;
  /** Calls the listener whenever a status may have changed; returns how to stop it. */
  listen(listener: () => void): () => void;
  log: { warn(data: object, message: string): void };
}

/** Has mailboxes sign in another way than they do, without a mail lost or taken twice. */
export interface LoginMoves {
  /**
   * Has a mailbox sign in by an authorisation in place of what it signs in by now. It is tried before; and where the first look afterwards fails,
   * the former login is in force again, and is looked at, too. Mailbox, user and place stay the same, so nothing is taken twice or left out.
   *
   * @throws UserError `mailbox-not-found` (404), `no-login-to-move`, `login-moved-already` (409).
   */
  move(id: string, authorisation: string): Promise<MovedLogin>;
  /** Judges what was switched, and not looked at yet, when the server ended. */
  start(): void;
  stop(): Promise<void>;
}

type Login = LoginMove['former'];
type Look = { outcome: 'read' } | { outcome: 'unknown' } | { outcome: 'failed'; why: string };

/** Longer than a first look takes, shorter than a person waits. */
const firstLookMs = 30_000;

export function createLoginMoves(deps: LoginMovesDeps): LoginMoves {
  const { settings, mailboxes } = deps;
  const ending = new AbortController();
  let judging: Promise<unknown> = Promise.resolve();

  /** The first look by the login that is in force; `unknown` where the mailbox is switched off, or Sluice stops. */
  async function firstLook(id: string): Promise<Look> {
    // What the former login still finds says nothing of the new one.
    await mailboxes.aligned(id);
    const { promise, resolve } = Promise.withResolvers<Look>();
    const timer = setTimeout(
      () => resolve({ outcome: 'failed', why: 'The server did not answer in time.' }),
      firstLookMs,
    );
    const check = () => {
      const { state, lastSuccessAt, lastError } = mailboxes.status(id);
      if (state === 'connected' && lastSuccessAt !== undefined) resolve({ outcome: 'read' });
      else if (state === 'stopped') resolve({ outcome: 'unknown' });
      else if (lastError !== undefined) resolve({ outcome: 'failed', why: lastError.message });
    };
    const onEnd = () => resolve({ outcome: 'unknown' });
    ending.signal.addEventListener('abort', onEnd, { once: true });
    const stopListening = deps.listen(check);
    if (ending.signal.aborted) onEnd();
    check();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      stopListening();
      ending.signal.removeEventListener('abort', onEnd);
    }
  }

  /** Looks, and lets the switch stand or undoes it. `isBack` is false where somebody has entered another login meanwhile: theirs stays. */
  async function judge(id: string, { authorisation, former }: LoginMove): Promise<Look & { isBack: boolean }> {
    const look = await firstLook(id);
    let isBack = false;
    await settings.update((draft) => {
      const mailbox = draft.mailboxes.find((each) => each.id === id);
      // Sluice stops, and looks when it starts again.
      if (look.outcome === 'unknown' && mailbox?.enabled) return;
      delete draft.loginMoves[id];
      if (look.outcome !== 'failed' || mailbox === undefined) return;
      isBack = loginOf(mailbox).authorisation === authorisation;
      if (isBack) signInBy(mailbox, former);
    });
    return { ...look, isBack };
  }

  return {
    async move(id, authorisation) {
      const before = find(settings.read(), id);
      const former = loginOf(before);
      if (former.authorisation === authorisation) {
        const message = `${before.name} signs in by this authorisation already.`;
        throw new UserError('login-moved-already', message, { status: 409 });
      }
      const tried = structuredClone(before);
      signInBy(tried, { authorisation });
      const report = await mailboxes.verify(tried);
      if (!report.ok) return { moved: false, message: 'Nothing was changed: the trial did not succeed.', report };

      const move = { authorisation, former };
      const { enabled } = before;
      await settings.update((draft) => {
        signInBy(find(draft, id), { authorisation });
        if (enabled) draft.loginMoves[id] = move;
      });
      if (!enabled) {
        const message =
          'The mailbox signs in by the authorisation from now on. It is switched off, so it has not looked yet.';
        return { moved: true, message, report };
      }
      const judged = judge(id, move);
      judging = Promise.allSettled([judging, judged]);
      const look = await judged;
      if (look.outcome === 'read') {
        const message = 'The mailbox signs in by the authorisation now. It goes on where it stood.';
        return { moved: true, message, report };
      }
      if (look.outcome === 'unknown') {
        const message = 'The mailbox signs in by the authorisation now. It was stopped before it had looked.';
        return { moved: true, message, report };
      }
      if (!look.isBack) {
        return { moved: false, message: `Somebody changed the login meanwhile. Before that: ${look.why}`, report };
      }
      const how = former.authorisation === undefined ? 'its password' : 'its former authorisation';
      const again = await firstLook(id);
      const state = again.outcome === 'failed' ? `and has this to say: ${again.why}` : 'and goes on where it stood';
      const message = `The mailbox signs in by ${how} again ${state}. The switch failed: ${look.why}`;
      return { moved: false, message, report };
    },
    start() {
      const moves = Object.entries(settings.read().loginMoves);
      const judgeLate = async ([id, move]: [string, LoginMove]) => {
        const look = await judge(id, move);
        if (look.outcome !== 'failed') return;
        const { isBack, why } = look;
        deps.log.warn({ mailbox: id, isBack, why }, 'A switch to an authorisation failed; the former login is back');
      };
      const failed = (thrown: unknown) =>
        deps.log.warn({ error: coerceError(thrown) }, 'A switch to an authorisation could not be judged');
      judging = Promise.all(moves.map((each) => judgeLate(each).catch(failed)));
    },
    async stop() {
      ending.abort();
      await judging;
    },
  };
}

function find(settings: Settings, id: string): Mailbox {
  const mailbox = settings.mailboxes.find((each) => each.id === id);
  if (mailbox === undefined) throw new UserError('mailbox-not-found', `There is no mailbox "${id}".`, { status: 404 });
  return mailbox;
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
