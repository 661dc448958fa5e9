import type { Mailbox } from '../../../schemas/settings.ts';
import type { GetCredentials } from '../../authorisations/credentials.ts';
import { type ReadingTiming, verifyTiming } from '../source-type.ts';
import { assertWhole, type StoredMail, wholeMailBytes } from '../whole-mail.ts';
import { openPop3 } from './connection.ts';
import { explainFailure, Refusal } from './failure.ts';
import { pop3Of } from './server.ts';

const timing: Pick<ReadingTiming, 'quietMs' | 'wholeMs'> = { ...verifyTiming, wholeMs: 5 * 60_000 };

/** Gets a mail once more, as a whole, in a session of its own. Rejects like assertWhole, and with what explainFailure says. */
export async function fetchWholePop3(
  mailbox: Mailbox,
  credentials: GetCredentials,
  mail: StoredMail,
): Promise<Uint8Array> {
  const server = pop3Of(mailbox);
  // Behind the server's own name stands a fingerprint, which holds no colon.
  const uidl = mail.serverKey.slice(0, mail.serverKey.lastIndexOf(':'));
  let whole: Uint8Array | undefined;
  try {
    const open = await openPop3(server, credentials, timing, new AbortController().signal);
    try {
      const listed = (await open.list()).filter((each) => each.uidl === uidl);
      await open.fetch(listed, wholeMailBytes + 1, async (_item, fetched) => {
        if (fetched instanceof Refusal) throw fetched;
        whole = fetched.bytes;
      });
      await open.quit();
    } finally {
      open.close();
    }
  } catch (thrown) {
    throw explainFailure(thrown, server);
  }
  return assertWhole(mail, whole);
}
