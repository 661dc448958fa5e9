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

const stepNames = { folders: 'Folders', flags: 'Mark as read' };

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
    const folders = await connection.run('listing the folders', listFolders);
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
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        failed(stepNames.folders, error.message);
      }
    }
    return { ok: steps.every(({ ok }) => ok), steps, folders };
  } catch (thrown) {
    failed(stepNames.folders, explainFailure(thrown, server).message);
    return { ok: false, steps };
  } finally {
    connection.close();
  }
}

async function listFolders(client: ImapFlow): Promise<NonNullable<VerifyReport['folders']>> {
  const listed = await client.list({ statusQuery: { messages: true, unseen: true } });
  return listed
    .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
    .map(({ path, status, specialUse }) => ({
      path,
      messages: status?.messages ?? 0,
      unseen: status?.unseen ?? 0,
      ...(specialUse ? { specialUse } : {}),
    }));
}
