import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import type { Configuration, INetworkModule } from '@azure/msal-node';
import { OperationalError, UserError } from '../../../schemas/errors.ts';
import type { Exchange } from '../exchange.ts';
import type { AuthorisationOf, GrantKind, GrantTools } from './grant-kind.ts';

/**
 * By msal, which knows the clouds of Microsoft and signs with certificates. A client is made for each call and keeps nothing: what is kept,
 * shared and held back is the same for all grants, in tokens.ts.
 */
export const entra: GrantKind<'entra'> = {
  isInteractive: false,
  isPerUser: false,
  async request(authorisation, tools) {
    const { ConfidentialClientApplication } = await import('@azure/msal-node');
    const auth = authOf(authorisation, tools);
    const { exchange, now } = tools;
    const scopes = authorisation.grant.scope.split(' ').filter(Boolean);
    const answer = await exchange.during(async () => {
      const client = new ConfidentialClientApplication({
        auth,
        // Retries are ours; msal would repeat a call that the provider wants to be rare.
        system: { networkClient: networkOf(exchange), disableInternalRetries: true },
      });
      return await client.acquireTokenByClientCredential({ scopes, skipCache: true });
    });
    // msal resolves with an empty token for some answers that are none.
    if (!answer?.accessToken || !answer.expiresOn) {
      throw new OperationalError('provider-bad-answer', 'Microsoft Entra answered without an access token.');
    }
    // By our own clock: what msal reckons with is the clock of this machine.
    return { token: answer.accessToken, expiresAt: now() + (answer.expiresOn.getTime() - Date.now()) };
  },
};

function authOf({ grant }: AuthorisationOf<'entra'>, { open }: GrantTools): NonNullable<Configuration['auth']> {
  const authority = `${grant.authority.replace(/\/+$/, '')}/${grant.tenant}`;
  // With the port: msal compares hosts as URLs write them, and asks Microsoft about any that it does not find here.
  const common = { clientId: grant.clientId, authority, knownAuthorities: [new URL(authority).host] };
  if (grant.certificate !== undefined && grant.key !== undefined) {
    return { ...common, clientCertificate: readCertificate(grant.certificate, open(grant.key)) };
  }
  if (grant.secret !== undefined) return { ...common, clientSecret: open(grant.secret) };
  throw new UserError('authorisation-incomplete', 'The authorisation has neither a client secret nor a certificate.', {
    status: 422,
  });
}

/**
 * What msal signs with: the thumbprint and the key as PKCS #8.
 *
 * @throws UserError `certificate-unreadable`, `key-unreadable`, `key-mismatch`.
 */
export function readCertificate(pem: string, key: string): { thumbprintSha256: string; privateKey: string } {
  const certificate = parse(
    'certificate-unreadable',
    'The certificate is no PEM certificate.',
    () => new X509Certificate(pem),
  );
  const privateKey = parse('key-unreadable', 'The private key is no PEM key, or it is locked with a pass phrase.', () =>
    createPrivateKey(key),
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new UserError('key-mismatch', 'Certificate and private key do not belong together.', { status: 422 });
  }
  return {
    thumbprintSha256: createHash('sha256').update(certificate.raw).digest('hex'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function parse<T>(code: string, message: string, read: () => T): T {
  try {
    return read();
  } catch {
    // Not as the cause: it could quote what was entered.
    throw new UserError(code, message, { status: 422 });
  }
}

/** msal's own has no time limit on POST, and no way to name an authority. */
function networkOf(exchange: Exchange): INetworkModule {
  const send = async (method: string, url: string, options?: { headers?: Record<string, string>; body?: string }) => {
    const { status, headers, body } = await exchange.call(url, {
      method,
      headers: options?.headers ?? {},
      ...(options?.body === undefined ? {} : { body: options.body }),
    });
    return { status, headers, body: JSON.parse(body) };
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}
