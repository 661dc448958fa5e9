import { randomBytes } from 'node:crypto';
import type { Mailbox } from '../../../schemas/settings.ts';
import type { GetCredentials } from '../../authorisations/credentials.ts';
import { describeToken } from '../../authorisations/describe-token.ts';
import type { GraphClient } from '../../graph/client.ts';
import { explainGraph } from '../../graph/explain-refusal.ts';
import type { GraphNotifications } from '../../graph/notifications.ts';
import type { SourceServices, VerifyReport } from '../source.ts';
import { type GraphFolder, inboxPath, isInbox, listFolders, openInbox } from './folders.ts';
import { clientFor, graphOf, targetOf } from './target.ts';

const names = {
  token: 'Authorise',
  mailbox: 'Open the mailbox',
  folders: 'Folders',
  marks: 'Mark as read',
  notifications: 'Be told of new mail',
};
/** Long enough for Graph to try our address out; removed at once. */
const trialLifeMs = 3_600_000;

/**
 * Tries out a mailbox by Microsoft Graph, from the token to the address that notifications come to, and says what was found. It never
 * rejects over what a server does, and leaves the mailbox as it was.
 */
export async function verifyGraph(
  mailbox: Mailbox,
  credentials: GetCredentials,
  services: SourceServices,
): Promise<VerifyReport> {
  const steps: VerifyReport['steps'] = [];
  const passed = (name: string, message: string) => void steps.push({ name, ok: true, message });
  const failed = (name: string, message: string) => void steps.push({ name, ok: false, message });
  const target = targetOf(mailbox, credentials);
  const { baseUrl, username } = graphOf(mailbox);
  const client = clientFor(target, services);
  const wordsOf = (thrown: unknown) => explainGraph(thrown, { baseUrl, user: username }).message;
  let folders: GraphFolder[] = [];
  let current = names.token;
  try {
    const token = await target.accessToken();
    passed(names.token, `A token was given. ${describeToken(token)}`.trim());
    current = names.mailbox;
    const inbox = await openInbox(client);
    passed(names.mailbox, `${username} is open, with ${inbox.messages} mails in its inbox.`);
    current = names.folders;
    folders = await listFolders(client, inbox.id);
    for (const path of mailbox.folders.length > 0 ? mailbox.folders : [inboxPath]) {
      const found = folders.find((folder) => (isInbox(path) ? folder.id === inbox.id : folder.path === path));
      if (found) passed(names.folders, `"${path}" is there, with ${found.messages} mails.`);
      else failed(names.folders, `There is no folder "${path}" in this mailbox. Choose from those below.`);
    }
    current = names.marks;
    passed(names.marks, await tryMark(client, inbox.id));
    current = names.notifications;
    passed(names.notifications, await trySubscription(client, inbox.id, mailbox.pollSeconds, services.notifications));
  } catch (thrown) {
    const hint =
      current === names.notifications ? ` Until then mail is looked for every ${mailbox.pollSeconds} s.` : '';
    failed(current, wordsOf(thrown) + hint);
  }
  return {
    ok: steps.every(({ ok }) => ok),
    steps,
    ...(folders.length > 0 && {
      folders: folders.map(({ path, messages, unseen }) => ({
        path,
        messages,
        unseen,
        ...(path === inboxPath && { specialUse: '\\Inbox' }),
      })),
    }),
  };
}

/** Writes to the newest mail what it says already. */
async function tryMark(client: GraphClient, inbox: string): Promise<string> {
  const path = `${client.root}/mailFolders/${encodeURIComponent(inbox)}/messages?$top=1&$select=id,isRead`;
  const { value } = await client.read({ path });
  const { id, isRead } = Object(Array.isArray(value) ? value[0] : undefined);
  if (typeof id !== 'string' || typeof isRead !== 'boolean') {
    return 'The inbox is empty: whether mails can be marked shows at the first one.';
  }
  await client.call({ method: 'PATCH', path: `${client.root}/messages/${encodeURIComponent(id)}`, json: { isRead } });
  return 'Mails can be marked as read.';
}

async function trySubscription(
  client: GraphClient,
  folder: string,
  pollSeconds: number,
  notifications: GraphNotifications,
): Promise<string> {
  const key = `verify-${randomBytes(12).toString('hex')}`;
  const url = notifications.urlFor(key);
  if (url === undefined) {
    return `This server has no public address (SLUICE_PUBLIC_URL): mail is looked for every ${pollSeconds} s.`;
  }
  const stop = notifications.listen(key, () => {});
  try {
    const { id } = await client.read({
      method: 'POST',
      path: 'subscriptions',
      isRepeatable: false,
      json: {
        changeType: 'created',
        resource: `${client.root}/mailFolders/${encodeURIComponent(folder)}/messages`,
        notificationUrl: url,
        expirationDateTime: new Date(Date.now() + trialLifeMs).toISOString(),
        clientState: key,
      },
    });
    await client.call({ method: 'DELETE', path: `subscriptions/${encodeURIComponent(String(id))}` });
    return `Microsoft reaches this server at ${new URL(url).origin}: new mail is told of at once.`;
  } finally {
    stop();
  }
}
