import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HttpUnderTest, startHttp } from '../http/support/start-http.ts';
import { freePort } from '../support/free-port.ts';
import { type GraphServer, startGraph } from '../support/graph/graph-server.ts';
import { client, graphScope, type IdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';
import { makeMail } from '../support/mails.ts';
import { until } from '../support/until.ts';

const user = 'support@contoso.test';
let folder: string;
let graph: GraphServer;
let provider: IdentityProvider;
let http: HttpUnderTest;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-graph-'));
  graph = await startGraph();
  graph.addUser(user);
  provider = await startIdentityProvider(folder, []);
  // The provider's own tokens are opaque; Microsoft's tell for whom they are and what they allow.
  provider.intercept = (_request, response, form) => {
    if (form.get('client_secret') !== client.secret) return false;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ token_type: 'Bearer', expires_in: 3_600, access_token: graph.token() }));
    return true;
  };
  const port = await freePort();
  http = await startHttp({
    port,
    publicUrl: `http://127.0.0.1:${port}`,
    outgoingAllow: [new URL(provider.url).host, new URL(graph.url).host],
  });
});
afterEach(async () => {
  await http.stop();
  await provider.stop();
  await graph.stop();
  await rm(folder, { recursive: true });
});

/** A flow-less look at what came of mails. */
async function subjects(): Promise<string[]> {
  const { json } = await http.admin.get('/api/interactions?state=queued');
  return json.items.map(({ subject }: { subject: string }) => subject);
}

test('from nothing to the first mail in a queue: authorisation by Entra, verify, notifications, tokens that end', async () => {
  const authorisation = await http.admin.post('/api/authorisations', {
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
  });
  const body = {
    name: 'support365',
    type: 'graph',
    address: user,
    username: user,
    baseUrl: graph.url,
    authorisation: authorisation.json.id,
    pollSeconds: 3_600,
  };

  const verified = await http.admin.post('/api/mailboxes/verify', body);
  const mailbox = await http.admin.post('/api/mailboxes', { ...body, flow: 'support' });
  await until('a subscription', () => graph.subscriptions.all.size === 1);
  graph.deliver(user, makeMail({ subject: 'The first one', from: 'Carla <carla@customer.test>', to: user }));
  await until('it is queued', async () => (await subjects()).includes('The first one'));
  graph.advance(2 * 3_600_000);
  graph.deliver(user, makeMail({ subject: 'After the token ended', from: 'Carla <carla@customer.test>', to: user }));
  await until('it is queued, too', async () => (await subjects()).includes('After the token ended'));

  expect(verified.json.steps.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
  expect(verified.json.steps.at(-1).message).toContain('reaches this server');
  expect(mailbox.json).toMatchObject({ type: 'graph', enabled: true, graph: { username: user } });
  expect(JSON.stringify(mailbox.json)).not.toContain(client.secret);
  expect(provider.calls.length).toBeGreaterThanOrEqual(2);
});
