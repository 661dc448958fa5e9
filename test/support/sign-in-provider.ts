import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';
import { signInAt } from './identity-provider.ts';

export const client = { clientId: 'sluice-door', secret: 'the-secret-of-the-door' };

type Claims = Record<string, unknown>;

/** A real provider of OpenID Connect: oidc-provider on loopback, where people have the claims that a test gives them. */
export interface SignInProviderServer {
  /** Its issuer: by name, so that browsers take it for another site than the server under test. */
  readonly url: string;
  /** By the name that they log in with. */
  readonly people: Map<string, Claims>;
  /** Answers in the provider's place where it returns true. */
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Paths that were called so far. */
  readonly calls: string[];
  /** Signs in as a browser would; resolves with the address that the browser is sent back to. */
  signIn(address: string, login: string): Promise<URL>;
  /** An ID token as the provider would sign it today. */
  idToken(claims: Claims, header?: Claims): string;
  /** From now on it signs with another key, and knows the former no more. */
  rotateKeys(): void;
  stop(): Promise<void>;
}

interface Uris {
  redirectUri: string;
  leaveUri: string;
}

export async function startSignInProvider({ redirectUri, leaveUri }: Uris): Promise<SignInProviderServer> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this kind.
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, Claims>();
  let key = newKey();

  function start(): void {
    const oidc = new Provider(url, {
      ...configuration,
      clients: [
        {
          client_id: client.clientId,
          client_secret: client.secret,
          token_endpoint_auth_method: 'client_secret_post',
          redirect_uris: [redirectUri],
          post_logout_redirect_uris: [leaveUri],
        },
      ],
      jwks: { keys: [key.jwk] },
      findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
    });
    const callback = oidc.callback();
    handle = (request, response) => {
      provider.calls.push(new URL(request.url ?? '/', url).pathname);
      if (!provider.intercept(request, response)) void callback(request, response);
    };
  }

  const provider: SignInProviderServer = {
    url,
    people,
    intercept: () => false,
    calls: [],
    signIn: (address, login) => signInAt(address, login),
    idToken(claims, header = {}) {
      const parts = [{ alg: 'RS256', kid: key.jwk.kid, ...header }, claims];
      const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      return `${text}.${createSign('RSA-SHA256').update(text).sign(key.privateKey, 'base64url')}`;
    },
    rotateKeys() {
      key = newKey();
      start();
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  start();
  return provider;
}

let keys = 0;
function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  keys += 1;
  return { privateKey, jwk: { ...privateKey.export({ format: 'jwk' }), kid: `key-${keys}`, use: 'sig', alg: 'RS256' } };
}

const configuration: Configuration = {
  scopes: ['openid', 'email', 'profile', 'groups'],
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name'],
    groups: ['groups'],
  },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  pkce: { required: () => true },
  ttl: { AccessToken: 600, Grant: 600, Interaction: 600, Session: 600, IdToken: 600, AuthorizationCode: 60 },
  cookies: { keys: ['a cookie key for tests'] },
  renderError(context, out) {
    context.type = 'json';
    context.body = out;
  },
};
