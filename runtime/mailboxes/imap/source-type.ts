import { imapBodyProperties, imapPorts } from '../../../schemas/sources/imap.ts';
import { changeFolders, storeFolders } from '../folder-settings.ts';
import { createImapSource } from '../imap.ts';
import { changeServer, storeServer, withoutPassword } from '../server-settings.ts';
import type { SourceType } from '../source-type.ts';
import { imapOf } from './connection.ts';
import { fetchWholeImap } from './fetch-whole.ts';
import { listImap } from './list.ts';
import { verifyImap } from './verify.ts';

export const imapSourceType: SourceType<'imap'> = {
  properties: Object.keys(imapBodyProperties),
  store: (body, seal) => ({ imap: storeServer(body, imapPorts, seal), ...storeFolders(body) }),
  change(mailbox, { folders, afterTaking, takeDays, ...change }, seal) {
    changeFolders(mailbox, { folders, afterTaking, takeDays });
    changeServer(imapOf(mailbox), change, seal);
  },
  view: ({ imap }) => (imap ? { imap: withoutPassword(imap) } : {}),
  login: imapOf,
  createSource: createImapSource,
  list: listImap,
  verify: (mailbox, credentials) => verifyImap(mailbox, credentials),
  fetchWhole: fetchWholeImap,
};
