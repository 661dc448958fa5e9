import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyGraph } from '../../runtime/mailboxes/graph/verify.ts';
import type { VerifyReport } from '../../runtime/mailboxes/source.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import type { Claims } from '../support/graph/tokens.ts';
import { type GraphRig, startGraphRig, user } from './graph-rig.ts';

let rig: GraphRig;
beforeEach(async () => {
  rig = await startGraphRig({ notified: true });
});
afterEach(() => rig.stop());

function verify(change: Partial<Mailbox> = {}, claims: Partial<Claims> = {}): Promise<VerifyReport> {
  const { credentials } = rig.farEnd.tokenContext(rig.mailbox(change), () => rig.graph.token(claims));
  return verifyGraph(rig.mailbox(change), credentials, rig.services);
}

const failures = ({ steps }: VerifyReport) => steps.filter(({ ok }) => !ok);

test('tells of token, mailbox, folders with their counts, the right to write and the way back, and changes nothing', async () => {
  rig.deliver('There');
  const folder = rig.graph.addFolder(user, 'Orders');
  rig.graph.addFolder(user, 'Archive', folder);

  const report = await verify({ folders: ['Inbox', 'Orders/Archive'] });

  expect(failures(report)).toEqual([]);
  expect(report.ok).toBe(true);
  expect(report.steps.map(({ name }) => name)).toEqual([
    'Authorise',
    'Open the mailbox',
    'Folders',
    'Folders',
    'Mark as read',
    'Be told of new mail',
  ]);
  expect(report.steps[0]?.message).toContain('Mail.ReadWrite');
  expect(report.folders).toContainEqual({ path: 'INBOX', messages: 1, unseen: 1, specialUse: '\\Inbox' });
  expect(report.folders).toContainEqual({ path: 'Orders/Archive', messages: 0, unseen: 0 });
  expect(rig.isRead('There')).toBe(false);
  expect(rig.graph.subscriptions.all.size).toBe(0);
});

test('says that a token is for another cloud', async () => {
  const report = await verify({}, { aud: 'https://graph.microsoft.us' });

  expect(failures(report)).toMatchObject([
    { name: 'Open the mailbox', message: expect.stringContaining('this very cloud') },
  ]);
});

test('says that the application may not open the mailbox, and that a policy takes its time', async () => {
  const account = rig.graph.accounts.get(user);
  if (account) account.allowed = false;

  const report = await verify();

  expect(failures(report)).toMatchObject([
    { name: 'Open the mailbox', message: expect.stringMatching(/Mail\.ReadWrite.*more than an hour/) },
  ]);
});

test('says that a mailbox is unknown, or on premises', async () => {
  const unknown = await verify({
    graph: { baseUrl: rig.graph.url, username: 'nobody@contoso.test', authorisation: 'contoso' },
  });
  const account = rig.graph.accounts.get(user);
  if (account) account.inCloud = false;
  const onPremises = await verify();

  expect(failures(unknown)[0]?.message).toContain('Check the address');
  expect(failures(onPremises)[0]?.message).toContain('EWS');
});

test('says that mails cannot be marked, and which folder is missing', async () => {
  rig.deliver('There');

  const readOnly = await verify({ folders: ['Inbox', 'Nowhere'] }, { roles: ['Mail.Read'] });

  expect(failures(readOnly).map(({ name }) => name)).toEqual(['Folders', 'Mark as read']);
  expect(failures(readOnly)[0]?.message).toContain('"Nowhere"');
});

test('says that Microsoft does not reach this server, and what then', async () => {
  const notifications = { ...rig.services.notifications, urlFor: () => `${rig.graph.url}/nobody-listens` };
  Object.assign(rig.services, { notifications });

  const report = await verify();

  expect(failures(report)).toMatchObject([
    { name: 'Be told of new mail', message: expect.stringMatching(/validation request failed.*every 60 s/) },
  ]);
});
