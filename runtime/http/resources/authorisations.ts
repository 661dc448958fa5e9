import {
  type AuthorisationView,
  attemptBodySchema,
  authorisationBodySchema,
  authorisationsSchema,
  authorisationViewSchema,
  discoverBodySchema,
  discoveredSchema,
  signInCodeBodySchema,
  signInSchema,
} from '../../../schemas/api/authorisations.ts';
import type { Authorisation } from '../../../schemas/authorisation.ts';
import { coerceError, UserError } from '../../../schemas/errors.ts';
import type { Failure } from '../../authorisations/standing.ts';
import { administrators, everyRole } from '../access.ts';
import { authorisationIn, storeAuthorisation, usersOf, viewGrant } from '../authorisation-settings.ts';
import { freeId } from '../free-id.ts';
import { leadTo } from '../lead-to.ts';
import { noContent, route } from '../route.ts';
import type { Services } from '../services.ts';

const callbackPath = '/api/authorisations/callback';

export const authorisationsRoutes = [
  route({
    method: 'get',
    path: '/api/authorisations',
    summary: 'Leaves to sign in at providers, each with how it stands',
    access: everyRole,
    response: authorisationsSchema,
    handler: ({ services, origin }) => ({
      items: services.settings.read().authorisations.map((each) => viewOf(each, services, origin)),
      redirectUri: origin + callbackPath,
    }),
  }),
  route({
    method: 'post',
    path: '/api/authorisations',
    summary: 'Add an authorisation; one that needs no person is tried at once',
    access: administrators,
    body: authorisationBodySchema,
    response: authorisationViewSchema,
    status: 201,
    async handler({ body, services, origin }) {
      const id = freeId(body.name, services.settings.read().authorisations, 'authorisation');
      const next = await services.settings.update((draft) => {
        draft.authorisations.push(storeAuthorisation(id, body, undefined, services.settings));
      });
      return viewOf(await tried(authorisationIn(next, id), services), services, origin);
    },
  }),
  route({
    method: 'post',
    path: '/api/authorisations/discover',
    summary: 'Read the addresses of a provider from its well-known document',
    isReading: true,
    access: administrators,
    body: discoverBodySchema,
    response: discoveredSchema,
    handler: ({ body, services }) => services.authorisations.discover(body.issuer, body.ca),
  }),
  route({
    method: 'post',
    path: '/api/authorisations/code',
    summary: 'Finish a sign-in with a code, or with the whole address that the browser ended at',
    access: administrators,
    body: signInCodeBodySchema,
    response: authorisationViewSchema,
    async handler({ body, services, origin }) {
      const returned = readPasted(body.pasted);
      const state = returned.get('state') ?? body.state;
      return viewOf(await services.authorisations.finishSignIn(state, returned), services, origin);
    },
  }),
  route({
    method: 'get',
    path: callbackPath,
    summary:
      'Where providers send the browser back to; who comes is known by the state, which only Sluice and the provider have seen',
    access: 'public',
    response: { media: 'text/html', description: 'A page that leads on to the authorisation' },
    async handler({ services, client }) {
      const returned = new URL(client.request.url ?? '', 'http://callback').searchParams;
      const state = returned.get('state') ?? '';
      let id: string;
      try {
        id = services.authorisations.ownerOf(state);
      } catch {
        return leadTo('/authorisations?sign-in=unknown');
      }
      try {
        await services.authorisations.finishSignIn(state, returned);
        return leadTo(`/authorisations/${id}?sign-in=done`);
      } catch (thrown) {
        services.log.warn({ error: coerceError(thrown).message }, 'a sign-in at a provider did not succeed');
        return leadTo(`/authorisations/${id}?sign-in=failed`);
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/authorisations/:id',
    summary: 'One authorisation',
    access: everyRole,
    response: authorisationViewSchema,
    handler: ({ params, services, origin }) =>
      viewOf(authorisationIn(services.settings.read(), params.id), services, origin),
  }),
  route({
    method: 'put',
    path: '/api/authorisations/:id',
    summary: 'Change an authorisation; secrets that are left out stay',
    access: administrators,
    body: authorisationBodySchema,
    response: authorisationViewSchema,
    async handler({ params, body, services, origin }) {
      const next = await services.settings.update((draft) => {
        const before = authorisationIn(draft, params.id);
        draft.authorisations[draft.authorisations.indexOf(before)] = storeAuthorisation(
          params.id,
          body,
          before,
          services.settings,
        );
      });
      return viewOf(await tried(authorisationIn(next, params.id), services), services, origin);
    },
  }),
  route({
    method: 'delete',
    path: '/api/authorisations/:id',
    summary: 'Delete an authorisation that nothing signs in by',
    access: administrators,
    response: noContent,
    async handler({ params, services }) {
      await services.settings.update((draft) => {
        const authorisation = authorisationIn(draft, params.id);
        const [user] = usersOf(draft, params.id);
        if (user !== undefined) {
          const message = `${user.name} signs in by it. Choose another way to sign in there first.`;
          throw new UserError('authorisation-in-use', message, { status: 409 });
        }
        draft.authorisations.splice(draft.authorisations.indexOf(authorisation), 1);
      });
    },
  }),
  route({
    method: 'post',
    path: '/api/authorisations/:id/sign-in',
    summary: 'Begin a sign-in in the browser',
    isReading: true,
    access: administrators,
    response: signInSchema,
    handler({ params, services, origin }) {
      const authorisation = authorisationIn(services.settings.read(), params.id);
      return services.authorisations.beginSignIn(params.id, redirectUriOf(authorisation, origin));
    },
  }),
  route({
    method: 'post',
    path: '/api/authorisations/:id/try',
    summary: 'Ask the provider for a token now; the answer is how the authorisation stands afterwards',
    isReading: true,
    access: administrators,
    body: attemptBodySchema,
    response: authorisationViewSchema,
    async handler({ params, body, services, origin }) {
      const authorisation = authorisationIn(services.settings.read(), params.id);
      await services.authorisations.attempt(params.id, body.user ?? '').catch(() => {});
      return viewOf(authorisation, services, origin);
    },
  }),
];

/** A grant that needs nobody shows at once whether it works; a failure shows in the state. */
async function tried(authorisation: Authorisation, { authorisations }: Services): Promise<Authorisation> {
  const { type } = authorisation.grant;
  const isAlone = type === 'entra' || type === 'client-credentials' || type === 'password';
  if (isAlone) await authorisations.attempt(authorisation.id, '').catch(() => {});
  return authorisation;
}

function redirectUriOf({ grant }: Authorisation, origin: string): string {
  return (grant.type === 'authorization-code' ? grant.redirectUri : undefined) ?? origin + callbackPath;
}

/** The address bar's text, its query alone, or a bare code. */
function readPasted(pasted: string): URLSearchParams {
  const text = pasted.trim();
  const url = URL.parse(text);
  if (url?.protocol.startsWith('http')) return url.searchParams;
  if (/(^|[?&])(code|error)=/.test(text)) return new URLSearchParams(text);
  return new URLSearchParams({ code: text });
}

function viewOf(
  authorisation: Authorisation,
  { settings, authorisations }: Services,
  origin: string,
): AuthorisationView {
  const { grant, ...shown } = authorisation;
  const { state, account, authorisedAt, tokenExpiresAt, failure, signInFailure, expiries } =
    authorisations.status(authorisation);
  return {
    ...shown,
    grant: viewGrant(grant),
    state,
    ...(account !== undefined && { account }),
    ...(authorisedAt !== undefined && { authorisedAt: time(authorisedAt) }),
    ...(tokenExpiresAt !== undefined && { tokenExpiresAt: time(tokenExpiresAt) }),
    ...(failure !== undefined && { lastError: shownFailure(failure) }),
    ...(signInFailure !== undefined && {
      signInError: { code: signInFailure.code, message: signInFailure.message, at: time(signInFailure.at) },
    }),
    expiries,
    usedBy: usersOf(settings.read(), authorisation.id),
    redirectUri: redirectUriOf(authorisation, origin),
  };
}

const time = (at: number) => new Date(at).toISOString();

/** Words of the network, which do not know who asked; the others say themselves what comes next. */
const ofNetwork: ReadonlySet<string> = new Set(['http-failed', 'http-timeout']);

function shownFailure({ code, message, at }: Failure) {
  return { code, message: ofNetwork.has(code) ? `${message} Sluice asks again by itself.` : message, at: time(at) };
}
