import { ewsBodyProperties, ewsPorts } from '../../../schemas/sources/ews.ts';
import { createEwsSource } from '../ews.ts';
import { changeFolders, storeFolders } from '../folder-settings.ts';
import { changeServer, storeServer, withoutPassword } from '../server-settings.ts';
import type { SourceType } from '../source-type.ts';
import { fetchWholeEws } from './fetch-whole.ts';
import { listEws } from './list.ts';
import { assertOnPremise, ewsOf } from './server.ts';
import { verifyEws } from './verify.ts';

export const ewsSourceType: SourceType<'ews'> = {
  properties: Object.keys(ewsBodyProperties),
  store(body, seal) {
    const { path, impersonate } = body;
    const server = storeServer(body, ewsPorts, seal);
    assertOnPremise(server);
    const own = { ...(path && { path }), ...(impersonate && { impersonate }) };
    return { ews: { ...server, ...own }, ...storeFolders(body) };
  },
  change(mailbox, { folders, afterTaking, takeDays, path, impersonate, ...change }, seal) {
    const server = ewsOf(mailbox);
    changeFolders(mailbox, { folders, afterTaking, takeDays });
    changeServer(server, change, seal);
    if (path !== undefined) server.path = path;
    if (impersonate !== undefined) server.impersonate = impersonate;
    assertOnPremise(server);
  },
  view: ({ ews }) => (ews ? { ews: withoutPassword(ews) } : {}),
  login: ewsOf,
  createSource: (context, timing) => createEwsSource(context, timing),
  list: listEws,
  verify: (mailbox, credentials) => verifyEws(mailbox, credentials),
  fetchWhole: fetchWholeEws,
};
