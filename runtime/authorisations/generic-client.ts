import type { Configuration, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import { OperationalError } from '../../schemas/errors.ts';
import { isLoopback } from '../../schemas/loopback.ts';
import type { Exchange } from './exchange.ts';
import type { Granted } from './grants/grant-kind.ts';

/** A provider that names no end is asked again soon. */
const unknownLifeSeconds = 300;

interface Endpoints {
  tokenUrl: string;
  authUrl?: string;
  issuer?: string | undefined;
  clientId: string;
  /** In the clear. */
  secret?: string | undefined;
}

/** The library, loaded where an authorisation needs it and not before. */
export const loadClient = () => import('openid-client');

/** openid-client for one provider, going out through our own door. */
export async function genericClient(endpoints: Endpoints, exchange: Exchange): Promise<Configuration> {
  const library = await loadClient();
  const { tokenUrl, authUrl, issuer, clientId, secret } = endpoints;
  const client = new library.Configuration(
    {
      issuer: issuer ?? new URL(tokenUrl).origin,
      token_endpoint: tokenUrl,
      ...(authUrl === undefined ? {} : { authorization_endpoint: authUrl }),
    },
    clientId,
    undefined,
    secret === undefined ? library.None() : library.ClientSecretPost(secret),
  );
  client[library.customFetch] = (url, { method, headers, body }) => exchange.fetch(url, { method, headers, body });
  if (isLoopback(new URL(tokenUrl).hostname)) library.allowInsecureRequests(client);
  return client;
}

/** @throws OperationalError `provider-bad-answer` where there is no token in the answer. */
export function grantedOf(answer: TokenEndpointResponse & TokenEndpointResponseHelpers, now: number): Granted {
  if (!answer.access_token) {
    throw new OperationalError('provider-bad-answer', 'The provider answered without an access token.');
  }
  const account = accountOf(answer.id_token);
  return {
    token: answer.access_token,
    expiresAt: now + (answer.expires_in ?? unknownLifeSeconds) * 1_000,
    ...(answer.refresh_token ? { refreshToken: answer.refresh_token } : {}),
    ...(account === undefined ? {} : { account }),
  };
}

/** It came straight from the provider over TLS, and serves for a label only. */
function accountOf(idToken: unknown): string | undefined {
  if (typeof idToken !== 'string') return undefined;
  try {
    const claims = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const name: unknown = claims?.email ?? claims?.preferred_username ?? claims?.sub;
    return typeof name === 'string' ? name.slice(0, 320) : undefined;
  } catch {
    return undefined;
  }
}
