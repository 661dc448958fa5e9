import type { Mailbox } from '../../../schemas/settings.ts';
import type { GetCredentials } from '../../authorisations/credentials.ts';
import { explainGraph } from '../../graph/explain-refusal.ts';
import { GraphRefusal } from '../../graph/refusal.ts';
import type { SourceServices } from '../source.ts';
import { assertWhole, type StoredMail, wholeMailBytes } from '../whole-mail.ts';
import { readMime } from './fetch-mime.ts';
import { clientFor, graphOf, targetOf } from './target.ts';

/** Gets a mail once more, as a whole. Rejects like assertWhole, and with what explainGraph says. */
export async function fetchWholeGraph(
  mailbox: Mailbox,
  credentials: GetCredentials,
  mail: StoredMail,
  services: SourceServices,
): Promise<Uint8Array> {
  const { baseUrl, username } = graphOf(mailbox);
  const client = clientFor(targetOf(mailbox, credentials), services);
  let whole: Uint8Array | undefined;
  try {
    whole = (await readMime(client, mail.serverKey, wholeMailBytes + 1)).bytes;
  } catch (thrown) {
    const isGone = thrown instanceof GraphRefusal && thrown.status === 404;
    if (!isGone) throw explainGraph(thrown, { baseUrl, user: username });
  }
  return assertWhole(mail, whole);
}
