import type { Mailbox } from '../../../schemas/settings.ts';
import type { GetCredentials } from '../../authorisations/credentials.ts';
import { headOf } from '../identity.ts';
import { type ReadingTiming, verifyTiming } from '../source-type.ts';
import { assertWhole, type StoredMail, wholeMailBytes } from '../whole-mail.ts';
import { explainFailure } from './failure.ts';
import { getMime } from './operations.ts';
import { ewsOf } from './server.ts';
import { openSoap } from './soap.ts';

const timing: Pick<ReadingTiming, 'quietMs' | 'wholeMs'> = { ...verifyTiming, wholeMs: 5 * 60_000 };

/** Gets a mail once more, as a whole. Rejects like assertWhole, and with what explainFailure says. */
export async function fetchWholeEws(
  mailbox: Mailbox,
  credentials: GetCredentials,
  mail: StoredMail,
): Promise<Uint8Array> {
  let whole: Uint8Array | undefined;
  try {
    const soap = openSoap(mailbox, credentials, timing, new AbortController().signal);
    try {
      whole = (await getMime(soap, [mail.serverKey], wholeMailBytes)).get(mail.serverKey);
    } finally {
      soap.close();
    }
  } catch (thrown) {
    throw explainFailure(thrown, ewsOf(mailbox));
  }
  // Exchange gives an id to one mail only, and writes headers anew each time: nothing but their Message-ID has to agree.
  const isThere = whole !== undefined && whole.byteLength > 0 && isSame(mail.bytes, whole);
  return assertWhole({ ...mail, bytes: new Uint8Array() }, isThere ? whole : undefined);
}

function isSame(stored: Uint8Array, whole: Uint8Array): boolean {
  const id = messageIdOf(stored);
  return id === undefined || id === messageIdOf(whole);
}

function messageIdOf(bytes: Uint8Array): string | undefined {
  return /^message-id:\s*(<[^>\r\n]*>)/im.exec(Buffer.from(headOf(bytes)).toString('latin1'))?.[1];
}
