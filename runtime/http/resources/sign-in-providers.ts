import {
  providerCheckBodySchema,
  providerCheckSchema,
  type SignInProviderView,
  signInProviderBodySchema,
  signInProvidersSchema,
  signInProviderViewSchema,
} from '../../../schemas/api/sign-in.ts';
import type { SignInProvider } from '../../../schemas/sign-in-provider.ts';
import { administrators } from '../access.ts';
import { freeId } from '../free-id.ts';
import { noContent, route } from '../route.ts';
import type { Services } from '../services.ts';
import { changeProviders, providerIn, storeProvider } from '../sign-in-provider-settings.ts';
import { callbackPath } from './sign-in.ts';

export const signInProvidersRoutes = [
  route({
    method: 'get',
    path: '/api/sign-in-providers',
    summary: 'Providers that people sign in by, and what has to be entered there',
    access: administrators,
    response: signInProvidersSchema,
    handler({ services, origin }) {
      const { signInProviders, localSignIn } = services.settings.read();
      return {
        items: signInProviders.map((each) => viewOf(each, services)),
        local: localSignIn,
        redirectUri: origin + callbackPath,
        leaveUri: `${origin}/`,
      };
    },
  }),
  route({
    method: 'post',
    path: '/api/sign-in-providers',
    summary: 'Add a provider',
    access: administrators,
    body: signInProviderBodySchema,
    response: signInProviderViewSchema,
    status: 201,
    async handler({ body, services }) {
      const { settings } = services;
      const id = freeId(body.name, settings.read().signInProviders, 'provider');
      const next = await settings.update((draft) =>
        changeProviders(draft, () => {
          draft.signInProviders.push(storeProvider(id, body, undefined, settings.seal));
        }),
      );
      return viewOf(providerIn(next, id), services);
    },
  }),
  route({
    method: 'post',
    path: '/api/sign-in-providers/check',
    summary: 'Read what a provider says of itself, now; nothing is stored',
    isReading: true,
    access: administrators,
    body: providerCheckBodySchema,
    response: providerCheckSchema,
    async handler({ body, services }) {
      const found = await services.signIn.check(body.issuer, body.ca || undefined);
      return {
        signInAddress: found.authorization_endpoint,
        hasPkce: found.code_challenge_methods_supported?.includes('S256') ?? false,
        endsSessions: found.end_session_endpoint !== undefined,
        scopes: found.scopes_supported ?? [],
      };
    },
  }),
  route({
    method: 'put',
    path: '/api/sign-in-providers/:id',
    summary: 'Change a provider; a secret that is left out stays',
    access: administrators,
    body: signInProviderBodySchema,
    response: signInProviderViewSchema,
    async handler({ params, body, services }) {
      const { settings } = services;
      const next = await settings.update((draft) => {
        const before = providerIn(draft, params.id);
        const after = storeProvider(params.id, body, before, settings.seal);
        changeProviders(draft, () => {
          draft.signInProviders[draft.signInProviders.indexOf(before)] = after;
        });
      });
      return viewOf(providerIn(next, params.id), services);
    },
  }),
  route({
    method: 'delete',
    path: '/api/sign-in-providers/:id',
    summary: 'Delete a provider; who signed in by it needs another way',
    access: administrators,
    response: noContent,
    async handler({ params, services }) {
      await services.settings.update((draft) => {
        const provider = providerIn(draft, params.id);
        changeProviders(draft, () => {
          draft.signInProviders.splice(draft.signInProviders.indexOf(provider), 1);
        });
      });
    },
  }),
];

function viewOf({ secret, ...provider }: SignInProvider, { settings, signIn }: Services): SignInProviderView {
  const { users } = settings.read();
  const last = signIn.lastRefusal(provider.id);
  return {
    ...provider,
    hasSecret: secret !== undefined,
    users: users.filter(({ identities }) => identities?.some(({ issuer }) => issuer === provider.issuer)).length,
    ...(last !== undefined && { lastRefusal: { ...last, at: new Date(last.at).toISOString() } }),
  };
}
