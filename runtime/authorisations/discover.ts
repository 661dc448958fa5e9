import type { Discovered } from '../../schemas/api/authorisations.ts';
import { OperationalError, UserError } from '../../schemas/errors.ts';
import type { Exchange } from './exchange.ts';

/**
 * Reads what a provider says of itself (OpenID Connect Discovery).
 *
 * @throws UserError `issuer-invalid`, `issuer-differs`; OperationalError `provider-bad-answer` and those of the exchange.
 */
export async function discover(entered: string, exchange: Exchange): Promise<Discovered> {
  const issuer = entered.trim().replace(/\/\.well-known\/openid-configuration\/?$/, '');
  if (!URL.canParse(issuer)) {
    throw new UserError(
      'issuer-invalid',
      'Enter the whole address of the provider, such as https://login.example.com.',
      { status: 422 },
    );
  }
  const address = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const { body } = await exchange.call(address, { method: 'GET' });
  // Every field is looked at before it is used.
  const said = JSON.parse(body) as Record<string, unknown>;
  const { issuer: named, authorization_endpoint: authUrl, token_endpoint: tokenUrl, scopes_supported: scopes } = said;
  if (typeof authUrl !== 'string' || typeof tokenUrl !== 'string') {
    throw new OperationalError(
      'provider-bad-answer',
      `${address} names no sign-in and no token address. Enter them by hand.`,
    );
  }
  // Paths differ where a provider has many tenants; another host means that somebody else's addresses were handed out.
  if (typeof named === 'string' && URL.parse(named)?.host !== new URL(issuer).host) {
    const words = `${address} says that it belongs to ${named.slice(0, 200)}. Enter that address if it is the one you mean.`;
    throw new UserError('issuer-differs', words, { status: 422 });
  }
  return {
    issuer: typeof named === 'string' ? named : issuer,
    authUrl,
    tokenUrl,
    scopes: Array.isArray(scopes) ? scopes.filter((each) => typeof each === 'string').slice(0, 100) : [],
  };
}
