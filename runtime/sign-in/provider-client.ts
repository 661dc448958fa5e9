import type { Configuration } from 'openid-client';
import { isLoopback } from '../../schemas/loopback.ts';
import type { Exchange } from '../authorisations/exchange.ts';
import { loadClient } from '../authorisations/generic-client.ts';
import type { ProviderMetadata } from './discover-provider.ts';

/** Clocks of well-kept machines differ by less. */
const toleranceSeconds = 60;

interface ClientOptions {
  metadata: ProviderMetadata;
  clientId: string;
  /** In the clear. */
  secret: string | undefined;
  exchange: Exchange;
  now: () => number;
}

/** openid-client for one sign-in, going out through our own door. Its keys are fetched anew each time, so that a provider may change them at will. */
export async function providerClient({
  metadata,
  clientId,
  secret,
  exchange,
  now,
}: ClientOptions): Promise<Configuration> {
  const library = await loadClient();
  const authentication =
    secret === undefined
      ? library.None()
      : // Many servers read the header's form wrongly, so the body is taken wherever it is offered.
        metadata.token_endpoint_auth_methods_supported?.includes('client_secret_post')
        ? library.ClientSecretPost(secret)
        : library.ClientSecretBasic(secret);
  const times = {
    [library.clockTolerance]: toleranceSeconds,
    [library.clockSkew]: Math.round((now() - Date.now()) / 1_000),
  };
  const client = new library.Configuration(metadata, clientId, times, authentication);
  client[library.customFetch] = (url, { method, headers, body }) => exchange.fetch(url, { method, headers, body });
  library.enableNonRepudiationChecks(client);
  if (isLoopback(new URL(metadata.issuer).hostname)) library.allowInsecureRequests(client);
  return client;
}
