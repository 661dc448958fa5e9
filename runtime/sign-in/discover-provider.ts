import type { ServerMetadata } from 'openid-client';
import { OperationalError, UserError } from '../../schemas/errors.ts';
import { isLoopback } from '../../schemas/loopback.ts';
import type { Exchange } from '../authorisations/exchange.ts';

const wellKnown = '/.well-known/openid-configuration';

/** What is used of what a provider says of itself. */
export type ProviderMetadata = ServerMetadata & {
  authorization_endpoint: string;
  token_endpoint: string;
  jwks_uri: string;
};

const endpoints = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'end_session_endpoint',
] as const;

/**
 * Refuses what nobody can sign in by safely.
 *
 * @throws UserError `issuer-invalid`, `issuer-insecure`, `issuer-shared` (422).
 */
export function refuseUnusableIssuer(issuer: string): void {
  const url = URL.parse(issuer);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw refused('issuer-invalid', 'Enter the whole address of the provider, such as https://login.example.com.');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw refused(
      'issuer-insecure',
      `Who signs in would be ${url.host}'s word, unproved: its address must begin with https.`,
    );
  }
  if (
    /\/(common|organizations|consumers)(\/|$)/.test(url.pathname) &&
    url.hostname.startsWith('login.microsoftonline.')
  ) {
    const message =
      'This address serves every tenant of Microsoft, so that anybody could come in. Put the id of your own tenant in its place.';
    throw refused('issuer-shared', message);
  }
}

/**
 * Reads what a provider says of itself (OpenID Connect Discovery), which must bear the very name that was entered.
 *
 * @throws UserError as `refuseUnusableIssuer`, `issuer-differs`; OperationalError `provider-bad-answer` and those of the exchange.
 */
export async function discoverProvider(issuer: string, exchange: Exchange): Promise<ProviderMetadata> {
  refuseUnusableIssuer(issuer);
  const address = issuer.replace(/\/+$/, '') + wellKnown;
  const { body } = await exchange.call(address, { method: 'GET' });
  // Every field is looked at before it is used.
  const said = JSON.parse(body) as Record<string, unknown>;
  if (said.issuer !== issuer) {
    const named = typeof said.issuer === 'string' ? `"${said.issuer.slice(0, 300)}"` : 'nothing';
    const message = `The provider at ${address} calls itself ${named}, and not "${issuer}". Enter the issuer exactly as the provider writes it.`;
    throw refused('issuer-differs', message);
  }
  const urls: Partial<Record<(typeof endpoints)[number], string>> = {};
  for (const name of endpoints) {
    const value = said[name];
    if (typeof value === 'string') urls[name] = safeUrl(value, name, issuer);
  }
  const { authorization_endpoint, token_endpoint, jwks_uri } = urls;
  if (authorization_endpoint === undefined || token_endpoint === undefined || jwks_uri === undefined) {
    const message = `${address} names no address for signing in, for tokens or for keys. Is it a provider of OpenID Connect?`;
    throw new OperationalError('provider-bad-answer', message);
  }
  return {
    issuer,
    ...urls,
    authorization_endpoint,
    token_endpoint,
    jwks_uri,
    ...lists(said),
    ...(said.authorization_response_iss_parameter_supported === true && {
      authorization_response_iss_parameter_supported: true,
    }),
  };
}

function lists(said: Record<string, unknown>): Partial<ServerMetadata> {
  const names = [
    'id_token_signing_alg_values_supported',
    'token_endpoint_auth_methods_supported',
    'code_challenge_methods_supported',
    'scopes_supported',
  ];
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string').slice(0, 100) : undefined;
  return Object.fromEntries(names.map((name) => [name, texts(said[name])]).filter(([, value]) => value !== undefined));
}

/** The browser is sent there, or a secret is. */
function safeUrl(text: string, name: string, issuer: string): string {
  const url = URL.parse(text);
  const isLocal =
    url !== null && url.protocol === 'http:' && isLoopback(url.hostname) && isLoopback(new URL(issuer).hostname);
  if (url !== null && (url.protocol === 'https:' || isLocal) && !url.username && !url.password) return text;
  throw new OperationalError('provider-bad-answer', `${issuer} names an address that is not https (${name}).`);
}

function refused(code: string, message: string): UserError {
  return new UserError(code, message, { status: 422 });
}
