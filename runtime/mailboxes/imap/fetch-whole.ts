import type { Mailbox } from '../../../schemas/settings.ts';
import type { GetCredentials } from '../../authorisations/credentials.ts';
import { type ReadingTiming, verifyTiming } from '../source-type.ts';
import { assertWhole, type StoredMail, wholeMailBytes } from '../whole-mail.ts';
import { openFolder, readMails } from './commands.ts';
import { imapOf, openConnection } from './connection.ts';
import { explainFailure } from './failure.ts';

const timing: Pick<ReadingTiming, 'quietMs' | 'wholeMs'> = { ...verifyTiming, wholeMs: 5 * 60_000 };

/** Gets a mail once more, as a whole, over a connection of its own. Rejects like assertWhole, and with what explainFailure says. */
export async function fetchWholeImap(
  mailbox: Mailbox,
  credentials: GetCredentials,
  mail: StoredMail,
): Promise<Uint8Array> {
  const [, validity, uid] = /^(\d+)(?:\.\d+)?:(\d+)$/.exec(mail.serverKey) ?? [];
  let whole: Uint8Array | undefined;
  try {
    const roomy = { ...mailbox, maxBytes: wholeMailBytes };
    const connection = await openConnection(roomy, credentials, timing, new AbortController().signal, () => {});
    try {
      const folder = await openFolder(connection, mail.folder);
      if (folder.validity === validity) {
        await readMails(connection, mail.folder, [Number(uid)], wholeMailBytes + 1, ({ bytes }) => {
          whole = bytes;
        });
      }
    } finally {
      connection.close();
    }
  } catch (thrown) {
    throw explainFailure(thrown, imapOf(mailbox));
  }
  return assertWhole(mail, whole);
}
