import type { RawMail } from '../source.ts';
import type { SourceType } from '../source-type.ts';
import { usualTiming } from '../source-type.ts';
import { listAbove, openFolder } from './commands.ts';
import { type ImapConnection, imapOf, openConnection } from './connection.ts';
import { type FolderCursor, parseCursor, serverKeyOf } from './cursor.ts';
import { explainFailure } from './failure.ts';
import { fetchWindow } from './fetch-window.ts';
import { inWindows } from './sequence-set.ts';

/** Missing mails are few, and each may be as large as the mailbox allows. */
const atOnce = 10;

/** The server's side of a reconciliation; see SourceType. */
export const listImap: SourceType<'imap'>['list'] = async (context, missing) => {
  const { mailbox } = context;
  const paths = mailbox.folders.length > 0 ? mailbox.folders : ['INBOX'];
  let connection: ImapConnection | undefined;
  try {
    connection = await openConnection(
      mailbox,
      context.credentials,
      usualTiming,
      new AbortController().signal,
      () => {},
    );
    for (const path of paths) {
      const stored = await context.loadCursor(path);
      if (stored === undefined) continue;
      await compareFolder(connection, path, parseCursor(stored, path), context, missing);
    }
  } catch (thrown) {
    throw explainFailure(thrown, imapOf(mailbox));
  } finally {
    connection?.close();
  }
};

async function compareFolder(
  connection: ImapConnection,
  path: string,
  cursor: FolderCursor,
  { mailbox, accept }: Parameters<typeof listImap>[0],
  missing: Parameters<typeof listImap>[1],
): Promise<void> {
  const folder = await openFolder(connection, path);
  // The source itself finds out about another account or numbering, and judges every mail of the folder then.
  const isAnother = cursor.account !== imapOf(mailbox).username || cursor.validity !== folder.validity;
  if (isAnother || cursor.rescan) return;
  const above = await listAbove(connection, path, cursor.first - 1);
  const uids = new Map(above.filter((uid) => uid <= cursor.last).map((uid) => [serverKeyOf(cursor, uid), uid]));
  const lacking = await missing([...uids.keys()].map((serverKey) => ({ folder: path, serverKey })));
  const wanted = lacking.flatMap(({ serverKey }) => uids.get(serverKey) ?? []).sort((a, b) => a - b);
  for (const window of inWindows(wanted, atOnce)) {
    const mails: RawMail[] = [];
    await fetchWindow(connection, path, window, mailbox.maxBytes, ({ uid, ...mail }) => {
      mails.push({ ...mail, folder: path, serverKey: serverKeyOf(cursor, uid) });
    });
    await accept(mails);
  }
}
