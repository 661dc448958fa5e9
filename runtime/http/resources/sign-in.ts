import { isDeepStrictEqual } from 'node:util';
import {
  localSignInSchema,
  signInBegunSchema,
  signInBodySchema,
  signInWaysSchema,
} from '../../../schemas/api/sign-in.ts';
import { UserError } from '../../../schemas/errors.ts';
import type { Settings } from '../../../schemas/settings.ts';
import { type Admitted, admit } from '../../sign-in/admit.ts';
import { withProblem } from '../../sign-in/own-path.ts';
import { detailOf, refusal, toRefusal } from '../../sign-in/refusal.ts';
import type { Arrived } from '../../sign-in/sign-in.ts';
import { hasAdministrator } from '../../sign-in/ways-in.ts';
import { administrators } from '../access.ts';
import { readSessionCookie, readSignInCookie, signInCookie } from '../auth/cookies.ts';
import { leadTo } from '../lead-to.ts';
import { maxStrangersBytes, Reply, route } from '../route.ts';
import type { Services } from '../services.ts';
import { newUserId } from '../users.ts';

export const callbackPath = '/api/sign-in/callback';

/** What a wrong answer counts by: nobody has proved anything with it. */
const unproved = ['sign-in-unknown', 'sign-in-other-browser'];

export const signInRoutes = [
  route({
    method: 'get',
    path: '/api/sign-in',
    summary: 'The ways to sign in',
    access: 'public',
    response: signInWaysSchema,
    handler({ services }) {
      const { localSignIn, signInProviders } = services.settings.read();
      const open = signInProviders.filter(({ enabled }) => enabled);
      return { local: localSignIn, providers: open.map(({ id, name, kind }) => ({ id, name, kind })) };
    },
  }),
  route({
    method: 'put',
    path: '/api/sign-in',
    summary: 'Turn passwords off, once an administrator has signed in by a provider, or on',
    access: administrators,
    body: localSignInSchema,
    response: localSignInSchema,
    async handler({ body, services }) {
      const next = await services.settings.update((draft) => {
        draft.localSignIn = body.local;
        if (body.local || hasAdministrator(draft)) return;
        const message =
          'No administrator has signed in by a provider yet, so nobody could come in to change anything. Sign out, sign in by the provider, then turn passwords off.';
        throw new UserError('no-administrator-by-provider', message, { status: 409 });
      });
      return { local: next.localSignIn };
    },
  }),
  route({
    method: 'get',
    path: callbackPath,
    summary:
      'Where providers send the browser back to; it is let in if it is the one that began, and the provider vouches for who sits at it',
    access: 'public',
    response: { media: 'text/html', description: 'A page that leads on to where the person wanted to go' },
    async handler({ services, auth, client, origin }) {
      const returned = new URL(client.request.url ?? '', 'http://callback').searchParams;
      const state = returned.get('state') ?? '';
      const gone = /^[\w-]{20,100}$/.test(state)
        ? [signInCookie({ state, value: '', path: callbackPath, secure: auth.isSecure })]
        : [];
      try {
        const noGuess = auth.providerAttempts.begin(null, client.address);
        const browser = readSignInCookie(client.request.headers.cookie, state);
        const arrived = await services.signIn.finish(returned, browser, `${origin}/`).catch((thrown: unknown) => {
          const error = toRefusal(thrown);
          // The others were counted when they began.
          if (!unproved.includes(error.code)) noGuess();
          throw error;
        });
        noGuess();
        const by = {
          provider: arrived.provider,
          leaveUrl: arrived.leaveUrl && services.settings.seal(arrived.leaveUrl),
        };
        const { user } = await letIn(arrived, client.address, services);
        const headers = await auth.open(user, client.request, { by, former: arrived.formerSession });
        arrived.succeeded();
        return leadTo(arrived.to, [headers['Set-Cookie'], ...gone]);
      } catch (thrown) {
        const error = toRefusal(thrown);
        const { to, provider } = error.data;
        services.log.warn(
          { problem: error.code, provider, reason: detailOf(error) },
          'somebody was not let in by a provider',
        );
        return leadTo(withProblem(typeof to === 'string' ? to : '/', error.code), gone);
      }
    },
  }),
  route({
    method: 'post',
    path: '/api/sign-in/:id',
    summary: 'Begin to sign in by a provider; the cookie of the answer is what the browser comes back with',
    isReading: true,
    access: 'public',
    body: signInBodySchema,
    maxBytes: maxStrangersBytes,
    response: signInBegunSchema,
    async handler({ params, body, services, auth, client, origin }) {
      const { url, state, browser } = await services.signIn.begin({
        provider: params.id,
        redirectUri: origin + callbackPath,
        to: body.to,
        anotherAccount: body.anotherAccount ?? false,
        formerSession: readSessionCookie(client.request.headers.cookie),
        succeeded: auth.providerAttempts.begin(null, client.address),
      });
      const cookie = signInCookie({ state, value: browser, path: callbackPath, secure: auth.isSecure });
      return new Reply({ url }, { 'Set-Cookie': cookie });
    },
  }),
];

/** Finds or makes their user, and writes it down. */
async function letIn(
  arrived: Arrived,
  address: string,
  { settings, audit, clock, signIn }: Services,
): Promise<Admitted> {
  const { person, provider: id, to } = arrived;
  let name = '';
  const admitInto = (draft: Settings): Admitted => {
    const provider = draft.signInProviders.find((each) => each.id === id && each.enabled);
    if (provider === undefined) throw refusal('sign-in-provider-off');
    name = provider.name;
    return admit(draft, provider, person, { newId: newUserId, now: clock.now() });
  };
  const work = async (): Promise<Admitted> => {
    const now = settings.read();
    const draft = structuredClone(now);
    let admitted = admitInto(draft);
    if (isDeepStrictEqual(draft.users, now.users)) return admitted;
    await settings.update((next) => {
      admitted = admitInto(next);
    });
    return admitted;
  };
  try {
    return await audit.during(
      ({ user, also }) => ({
        by: { id: user.id, name: user.name, role: user.role, by: 'provider' },
        address,
        method: 'get',
        path: callbackPath,
        what: `Signed in by ${name}${also.length > 0 ? ` (${also.join(', ')})` : ''}`,
        target: { provider: id, user: user.id },
        asked: undefined,
      }),
      work,
    );
  } catch (thrown) {
    signIn.refused(id, thrown);
    const error = toRefusal(thrown);
    Object.assign(error.data, { to, provider: id });
    throw error;
  }
}
