import { type SourceType, usualTiming } from '../source-type.ts';
import { parseCursor } from './cursor.ts';
import { explainFailure } from './failure.ts';
import { type EwsMail, listFolders, syncFolder } from './operations.ts';
import { ewsOf } from './server.ts';
import { openSoap, type Soap } from './soap.ts';
import { takeMails } from './take.ts';

/** The server's side of a reconciliation; see SourceType. */
export const listEws: SourceType<'ews'>['list'] = async (context, missing) => {
  const { mailbox } = context;
  let soap: Soap | undefined;
  try {
    soap = openSoap(mailbox, context.credentials, usualTiming, new AbortController().signal);
    const folders = await listFolders(soap, mailbox);
    for (const path of mailbox.folders) {
      const stored = await context.loadCursor(path);
      const folder = folders.find((each) => each.path === path);
      if (stored === undefined || folder === undefined) continue;
      const cursor = parseCursor(stored, path);
      // The source itself finds out what became of the folder, and judges every mail of it then.
      if (cursor.folderId !== folder.id || cursor.isBounded || cursor.syncedAt === 0) continue;
      const ahead = new Set((await listAll(soap, folder.id, cursor.syncState)).map(({ id }) => id));
      const all = await listAll(soap, folder.id, '');
      const passed = new Map(
        all.filter(({ id, receivedAt }) => receivedAt >= cursor.since && !ahead.has(id)).map((mail) => [mail.id, mail]),
      );
      const lacking = await missing([...passed.keys()].map((serverKey) => ({ folder: path, serverKey })));
      const wanted = lacking.flatMap(({ serverKey }) => passed.get(serverKey) ?? []);
      for await (const { mails } of takeMails(soap, path, wanted, mailbox.maxBytes)) await context.accept(mails);
    }
  } catch (thrown) {
    throw explainFailure(thrown, ewsOf(mailbox));
  } finally {
    soap?.close();
  }
};

async function listAll(soap: Soap, folderId: string, from: string): Promise<EwsMail[]> {
  const mails: EwsMail[] = [];
  for (let state = from; ; ) {
    const changes = await syncFolder(soap, folderId, state);
    mails.push(...changes.mails);
    state = changes.syncState;
    if (changes.isLast) return mails;
  }
}
