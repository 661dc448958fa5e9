import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credentialsOf } from '../../runtime/authorisations/credentials.ts';
import { usersOf } from '../../runtime/http/authorisation-settings.ts';
import { verifyGraph } from '../../runtime/mailboxes/graph/verify.ts';
import { createGraphSource } from '../../runtime/mailboxes/graph.ts';
import { graphSenderType } from '../../runtime/outbound/graph-sender-type.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import { createFarEnd, graphMailbox } from '../mailboxes/far-end.ts';
import { createSourceServices } from '../mailboxes/source-services.ts';
import { type GraphServer, startGraph } from '../support/graph/graph-server.ts';
import { type IdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';
import { makeMail } from '../support/mails.ts';
import { until } from '../support/until.ts';
import { openRig, type Rig, redirectUri } from './rig.ts';

const user = 'anna@contoso.test';
const audience = 'https://graph.microsoft.com';

let folder: string;
let provider: IdentityProvider;
let graph: GraphServer;
let rig: Rig;

/** A person has signed in at a real provider; Graph asks it about the tokens that came of that. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-provider-'));
  provider = await startIdentityProvider(folder, [redirectUri]);
  graph = await startGraph({
    async introspect(token) {
      const answer = await fetch(provider.introspectionUrl, { method: 'POST', body: new URLSearchParams({ token }) });
      const said = (await answer.json()) as { active: boolean; username?: string };
      if (!said.active || said.username === undefined) return undefined;
      const exp = Math.floor(Date.now() / 1_000) + 3_600;
      return { aud: audience, exp, scp: 'Mail.ReadWrite Mail.Send', upn: said.username };
    },
  });
  for (const each of [user, 'bert@contoso.test']) graph.addUser(each);
  rig = await openRig(provider);
  await rig.add(rig.grant('authorization-code'));
  const { url, state } = await rig.authorisations.beginSignIn('mine', redirectUri);
  await rig.authorisations.finishSignIn(state, (await provider.signIn(url, user)).searchParams);
});
afterAll(async () => {
  await rig.close();
  await graph.stop();
  await provider.stop();
  await rm(folder, { recursive: true, force: true });
});

const mailboxOf = (username: string) => {
  const mailbox = graphMailbox(graph.url, username);
  return { ...mailbox, graph: { baseUrl: graph.url, username, authorisation: 'mine' } };
};
const keys = () => ({ open: rig.settings.open, token: rig.authorisations.token });

test("mail is taken and marked by a token of the person, also after that was withdrawn; nobody else's mailbox opens", async () => {
  const farEnd = createFarEnd();
  const services = createSourceServices();
  const mailbox = mailboxOf(user);
  const credentials = credentialsOf(mailbox.graph, keys());
  const report = await verifyGraph(mailbox, credentials, services);
  const others = await verifyGraph(mailboxOf('bert@contoso.test'), credentials, services);
  const source = createGraphSource({ ...farEnd.context(mailbox), credentials, services }, { pollMs: 50 });
  source.start();
  await until('reading', () => farEnd.status.lastSuccessAt !== undefined);

  graph.deliver(user, makeMail({ subject: 'By the first token' }));
  await farEnd.waitForMails(1);
  const asked = provider.calls.length;
  provider.revokeTokens();
  graph.deliver(user, makeMail({ subject: 'By the second token' }));
  await farEnd.waitForMails(2);
  const messages = () => [...(graph.accounts.get(user)?.messages.values() ?? [])];
  await until('marked as read', () => messages().every(({ isRead }) => isRead));
  await source.stop();

  expect(report.steps.filter(({ ok }) => !ok)).toEqual([]);
  expect(others.steps.filter(({ ok }) => !ok)).toMatchObject([{ name: 'Open the mailbox' }]);
  expect(farEnd.subjects()).toEqual(['By the first token', 'By the second token']);
  expect(farEnd.statuses.map(({ state }) => state)).not.toContain('failed');
  expect(provider.calls.length - asked).toBe(1);
});

test('mail leaves by the token of the person, also after that was withdrawn; the authorisation knows who uses it', async () => {
  const outbound: OutboundMailbox = {
    id: 'way-out',
    name: 'way-out',
    type: 'graph',
    enabled: true,
    sendsFor: [],
    envelopeSender: 'from',
    connections: 1,
    mailsPerConnection: 100,
    limits: {},
    graph: mailboxOf(user).graph,
  };
  const { graph: client } = createSourceServices();
  const sender = graphSenderType.createSender(outbound, { ...keys(), graph: client });
  const raw = Buffer.from(`From: ${user}\r\nTo: bert@contoso.test\r\nSubject: By token\r\n\r\nHello\r\n`);
  const mail = { envelope: { from: user, to: 'bert@contoso.test', id: 'a' }, raw };
  const { signal } = new AbortController();

  const first = await sender.send(mail, signal);
  provider.revokeTokens();
  const second = await sender.send(mail, signal);
  await sender.close();

  expect([first.state, second.state]).toEqual(['sent', 'sent']);
  expect(graph.accounts.get('bert@contoso.test')?.messages.size).toBe(2);
  const settings = { ...rig.settings.read(), mailboxes: [], outboundMailboxes: [outbound] };
  expect(usersOf(settings, 'mine')).toEqual([{ kind: 'outbound', id: 'way-out', name: 'way-out' }]);
});
