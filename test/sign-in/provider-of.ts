import type { SignInProvider } from '../../schemas/sign-in-provider.ts';

/** A provider that lets in whom administrators have added. */
export function providerOf(part: Partial<SignInProvider>): SignInProvider {
  return {
    id: 'provider',
    name: 'Provider',
    kind: 'other',
    issuer: 'https://id.test',
    clientId: 'sluice',
    scope: 'openid email',
    enabled: true,
    trustsEmail: false,
    createUsers: false,
    domains: [],
    defaultRole: null,
    roles: [],
    signsOutThere: false,
    ...part,
  };
}
