import { join } from 'node:path';
import { type EwsServer, startEwsServer } from '../support/ews/ews-server.ts';
import { type GraphServer, startGraph } from '../support/graph/graph-server.ts';
import { client, graphScope, type IdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';

/** Graph with the provider of its tokens, and an Exchange on premises. */
export interface Microsoft {
  readonly graph: GraphServer;
  readonly ews: EwsServer;
  readonly user: string;
  /** Hosts that Sluice has to be allowed. */
  readonly hosts: readonly string[];
  /** Id of the authorisation; known once it is entered. */
  authorisation: string;
  /** What a person enters for it. */
  readonly authorisationBody: object;
  stop(): Promise<void>;
}

export async function startMicrosoft(folder: string): Promise<Microsoft> {
  const user = 'graph@contoso.test';
  const graph = await startGraph();
  graph.addUser(user);
  const ews = await startEwsServer();
  const provider: IdentityProvider = await startIdentityProvider(join(folder, 'provider'), []);
  // The provider's own tokens are opaque; Microsoft's tell for whom they are and what they allow.
  provider.intercept = (_request, response, form) => {
    if (form.get('client_secret') !== client.secret) return false;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ token_type: 'Bearer', expires_in: 3_600, access_token: graph.token() }));
    return true;
  };
  return {
    graph,
    ews,
    user,
    hosts: [new URL(provider.url).host, new URL(graph.url).host, `${ews.host}:${ews.port}`],
    authorisation: '',
    authorisationBody: {
      name: 'Contoso',
      provider: 'microsoft',
      ca: provider.ca,
      grant: {
        type: 'entra',
        authority: provider.url,
        tenant: 'contoso',
        clientId: client.clientId,
        secret: client.secret,
        scope: graphScope,
      },
    },
    async stop() {
      await graph.stop();
      await ews.stop();
      await provider.stop();
    },
  };
}
