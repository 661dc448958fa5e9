import type { Mailbox } from '../../../schemas/settings.ts';
import type { GetCredentials } from '../../authorisations/credentials.ts';
import type { VerifyReport } from '../source.ts';
import { verifyTiming } from '../source-type.ts';
import { createVerifySteps } from '../verify-steps.ts';
import { openPop3, type Pop3Connection } from './connection.ts';
import { explainFailure } from './failure.ts';
import { pop3Of } from './server.ts';
import type { WireTiming } from './wire.ts';

/** Tries out a POP3 mailbox up to the list of its mails, and says what was found. It never rejects over what a server does, and deletes nothing. */
export async function verifyPop3(
  mailbox: Mailbox,
  credentials: GetCredentials,
  timing: WireTiming = verifyTiming,
): Promise<VerifyReport> {
  const server = pop3Of(mailbox);
  const { steps, passed, failed, loggedIn, notLoggedIn } = createVerifySteps(server);
  let connection: Pop3Connection;
  try {
    connection = await openPop3(server, credentials, timing, new AbortController().signal);
  } catch (thrown) {
    notLoggedIn(explainFailure(thrown, server));
    return { ok: false, steps };
  }
  try {
    loggedIn();
    const mails = await connection.list();
    passed('Mails', mails.length === 1 ? '1 mail is there.' : `${mails.length} mails are there.`);
    passed('Tell mails apart', 'Every mail has a name of its own (UIDL), so none is taken twice.');
    passed('After taking', inWords(server.deleteAfterDays));
    await connection.quit();
    return { ok: true, steps };
  } catch (thrown) {
    failed('Mails', explainFailure(thrown, server).message);
    return { ok: false, steps };
  } finally {
    connection.close();
  }
}

function inWords(days: number | undefined): string {
  if (days === undefined) return 'Mails stay on the server.';
  if (days === 0) return 'Mails are deleted on the server as soon as they are stored here.';
  return `Mails are deleted on the server ${days === 1 ? 'one day' : `${days} days`} after they were taken.`;
}
