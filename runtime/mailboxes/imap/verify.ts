import type { ImapFlow } from 'imapflow';
import { UserError } from '../../../schemas/errors.ts';
import type { Mailbox } from '../../../schemas/settings.ts';
import type { GetCredentials } from '../../authorisations/credentials.ts';
import type { VerifyReport } from '../source.ts';
import { verifyTiming } from '../source-type.ts';
import { createVerifySteps } from '../verify-steps.ts';
import { openFolder } from './commands.ts';
import { type ConnectionTiming, type ImapConnection, imapOf, openConnection } from './connection.ts';
import { explainFailure } from './failure.ts';
import { lackingRights, needsOf, rightsOf, targetNeeds } from './rights.ts';

const stepNames = { folders: 'Folders', flags: 'Mark as read', rights: 'Rights', target: 'Folder to move to' };

/**
 * Tries out an IMAP mailbox from the name look-up to the right to mark mail as read, and says what was found. It never rejects over
 * what a server does, and changes nothing on the server.
 */
export async function verifyImap(
  mailbox: Mailbox,
  credentials: GetCredentials,
  timing: ConnectionTiming = verifyTiming,
): Promise<VerifyReport> {
  const server = imapOf(mailbox);
  const { steps, passed, failed, loggedIn, notLoggedIn } = createVerifySteps(server);
  let connection: ImapConnection;
  try {
    connection = await openConnection(mailbox, credentials, timing, new AbortController().signal, () => {});
  } catch (thrown) {
    notLoggedIn(explainFailure(thrown, server));
    return { ok: false, steps };
  }
  try {
    loggedIn();
    const listed = await connection.run('listing the folders', listFolders);
    const folders = listed.map(({ pathAsListed: _, ...folder }) => folder);
    const after = mailbox.afterTaking ?? { action: 'mark-read' };
    const wanted = mailbox.folders.length > 0 ? mailbox.folders : ['INBOX'];
    for (const path of wanted) {
      try {
        const folder = await openFolder(connection, path);
        passed(stepNames.folders, `"${path}" is there, with ${folder.mails} mails.`);
        if (folder.mayFlag) passed(stepNames.flags, `Mails in "${path}" can be marked as read.`);
        else
          failed(
            stepNames.flags,
            `Mails in "${path}" cannot be marked as read: the account may only look at them. Give it the right to write.`,
          );
        const named = listed.find((each) => each.path === path);
        const rights = named === undefined ? null : await rightsOf(connection, named);
        const lacking = lackingRights(rights, needsOf(after));
        if (lacking.length > 0) failed(stepNames.rights, refused(path, lacking));
        else if (rights !== null) passed(stepNames.rights, `The account may do with "${path}" all that is needed.`);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        failed(stepNames.folders, error.message);
      }
    }
    if (after.action === 'move') {
      const problem = await targetProblem(connection, listed, after.folder, wanted);
      if (problem === null) passed(stepNames.target, `Taken mails can be moved to "${after.folder}".`);
      else failed(stepNames.target, problem);
    }
    return { ok: steps.every(({ ok }) => ok), steps, folders };
  } catch (thrown) {
    failed(stepNames.folders, explainFailure(thrown, server).message);
    return { ok: false, steps };
  } finally {
    connection.close();
  }
}

/** What keeps taken mails from being moved there; null where nothing does. */
async function targetProblem(
  connection: ImapConnection,
  listed: readonly ListedFolder[],
  path: string,
  taken: readonly string[],
): Promise<string | null> {
  if (taken.includes(path)) {
    return `Taken mails would be moved to "${path}", where mail is taken from. Choose another folder for them.`;
  }
  const target = listed.find((folder) => folder.path === path);
  if (target === undefined) {
    return `There is no folder "${path}" to move taken mails to. Make it on the server, or choose one of: ${listed.map((folder) => folder.path).join(', ')}.`;
  }
  const lacking = lackingRights(await rightsOf(connection, target), targetNeeds);
  if (lacking.length > 0) return refused(path, lacking);
  const { capabilities } = connection.client;
  if (capabilities.has('MOVE') || capabilities.has('UIDPLUS')) return null;
  return 'The server cannot move single mails (MOVE or UIDPLUS). Choose to mark them as read.';
}

function refused(path: string, lacking: readonly string[]): string {
  return `The account may not do with "${path}" what is needed: ${lacking.join(', ')}. Have whoever owns the mailbox give it the right.`;
}

type ListedFolder = NonNullable<VerifyReport['folders']>[number] & { pathAsListed: string };

async function listFolders(client: ImapFlow): Promise<ListedFolder[]> {
  const listed = await client.list({ statusQuery: { messages: true, unseen: true } });
  return listed
    .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
    .map(({ path, pathAsListed, status, specialUse }) => ({
      path,
      pathAsListed,
      messages: status?.messages ?? 0,
      unseen: status?.unseen ?? 0,
      ...(specialUse ? { specialUse } : {}),
    }));
}
