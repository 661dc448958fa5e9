import type { GraphClient } from '../../graph/client.ts';
import { explainGraph } from '../../graph/explain-refusal.ts';
import { GraphRefusal } from '../../graph/refusal.ts';
import type { AskMissing, ListContext, ServerMail } from '../source.ts';
import { type FolderCursor, parseCursor } from './cursor.ts';
import { type ListedMessage, readListed, readPage } from './delta-page.ts';
import { createMimeFetcher } from './fetch-mime.ts';
import { inboxPath } from './folders.ts';
import { clientFor, graphOf, targetOf } from './target.ts';

/** Where the cursor's place has been lost, mail so young counts as not come to yet. Milliseconds. */
const youngMs = 300_000;
const fields = '$select=receivedDateTime&$orderby=receivedDateTime%20asc&$top=500';

/** The server's side of a reconciliation; see SourceType. What the delta query has not told yet is what the source has not come to. */
export async function listGraph(context: ListContext, missing: AskMissing): Promise<void> {
  const { mailbox } = context;
  const { baseUrl, username } = graphOf(mailbox);
  const client = clientFor(targetOf(mailbox, context.credentials), context.services);
  const mimes = createMimeFetcher(mailbox.maxBytes);
  try {
    for (const folder of mailbox.folders.length > 0 ? mailbox.folders : [inboxPath]) {
      const stored = await context.loadCursor(folder);
      if (stored === undefined) continue;
      const cursor = parseCursor(stored, folder);
      if (cursor.account !== `${baseUrl} ${username.toLowerCase()}`) continue;
      const passed = new Map((await listPassed(client, cursor)).map((message) => [message.id, message]));
      const listed: ServerMail[] = [...passed.keys()].map((serverKey) => ({ folder, serverKey }));
      for (const { serverKey } of await missing(listed)) {
        const message = passed.get(serverKey);
        const mail = message && (await mimes.fetch(client, message, folder));
        if (mail) await context.accept([mail]);
      }
    }
  } catch (thrown) {
    throw explainGraph(thrown, { baseUrl, user: username });
  }
}

async function listPassed(client: GraphClient, cursor: FolderCursor): Promise<ListedMessage[]> {
  const { folderId, since, former } = cursor;
  const filter = `receivedDateTime ge ${new Date(since).toISOString().slice(0, 19)}Z`;
  const path = `${client.root}/mailFolders/${encodeURIComponent(folderId)}/messages`;
  // Before the list: what comes in between is in neither.
  const isAhead = await aheadOf(client, cursor);
  const found: ListedMessage[] = [];
  let link: string | undefined = `${path}?${fields}&$filter=${encodeURIComponent(filter)}`;
  while (link !== undefined) {
    const page: { messages: ListedMessage[]; next: string | undefined } = readListed(await client.read({ path: link }));
    found.push(...page.messages);
    link = page.next;
  }
  return found.filter((message) => !former.includes(message.id) && !isAhead(message));
}

/** What lies before the source still. It walks a copy of the link; the source's own place stays. */
async function aheadOf(client: GraphClient, { link }: FolderCursor): Promise<(message: ListedMessage) => boolean> {
  const begunAt = Date.now();
  const ids = new Set<string>();
  try {
    for (let next = link, isLast = false; !isLast; ) {
      const page = await readPage(client, next, 500);
      for (const { id } of page.messages) ids.add(id);
      next = page.link;
      ({ isLast } = page);
    }
    return ({ id, receivedAt }) => ids.has(id) || receivedAt > begunAt;
  } catch (error) {
    if (!(error instanceof GraphRefusal) || error.status !== 410) throw error;
    return ({ receivedAt }) => receivedAt > begunAt - youngMs;
  }
}
