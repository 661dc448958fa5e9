import type { Mailbox } from '../../../schemas/settings.ts';
import type { GetCredentials } from '../../authorisations/credentials.ts';
import type { VerifyReport } from '../source.ts';
import { verifyTiming } from '../source-type.ts';
import { createVerifySteps } from '../verify-steps.ts';
import { explainFailure } from './failure.ts';
import { type EwsFolder, listFolders } from './operations.ts';
import { ewsOf } from './server.ts';
import { openSoap, type Soap } from './soap.ts';
import type { EwsTiming } from './transport.ts';

/** Tries out an Exchange mailbox up to the rights on its folders. It never rejects over what a server does, and changes nothing. */
export async function verifyEws(
  mailbox: Mailbox,
  credentials: GetCredentials,
  timing: EwsTiming = verifyTiming,
): Promise<VerifyReport> {
  const server = ewsOf(mailbox);
  const { steps, passed, failed, loggedIn, notLoggedIn } = createVerifySteps(server);
  let soap: Soap | undefined;
  let folders: EwsFolder[];
  try {
    soap = openSoap(mailbox, credentials, timing, new AbortController().signal);
    folders = await listFolders(soap, mailbox);
  } catch (thrown) {
    notLoggedIn(explainFailure(thrown, server));
    return { ok: false, steps };
  } finally {
    soap?.close();
  }
  loggedIn();
  const byPath = new Map(folders.map((folder) => [folder.path, folder]));
  for (const path of mailbox.folders) {
    const folder = byPath.get(path);
    if (folder === undefined) {
      failed(
        'Folders',
        `The folder "${path}" is not in the mailbox. Choose one of those that are listed, spelled as listed.`,
      );
      continue;
    }
    passed('Folders', `"${path}" is there, with ${folder.messages} mails.`);
    if (folder.mayWrite === false) {
      failed(
        'Mark as read',
        `Mails in "${path}" cannot be marked as read. Give the account full access to the mailbox.`,
      );
    } else passed('Mark as read', `Mails in "${path}" can be marked as read.`);
  }
  const { afterTaking } = mailbox;
  if (afterTaking?.action === 'move' && !byPath.has(afterTaking.folder)) {
    failed(
      'After taking',
      `The folder "${afterTaking.folder}", to which taken mails are moved, is not there. Make it, or choose another.`,
    );
  }
  return {
    ok: steps.every(({ ok }) => ok),
    steps,
    folders: folders.map(({ path, messages, unseen }) => ({ path, messages, unseen })),
  };
}
