import { UserError } from '../../../schemas/errors.ts';
import type { GraphClient } from '../../graph/client.ts';

export interface GraphFolder {
  id: string;
  /** Display names from the top, with `/` between. */
  path: string;
  messages: number;
  unseen: number;
}

/** Nobody chooses among more; a mailbox with more is read all the same, by the paths that are found. */
const maxFolders = 1_000;
const deepest = 10;
const fields = '$top=100&$select=id,displayName,childFolderCount,totalItemCount,unreadItemCount';

/** All folders, in the server's order, each before those in it. The one of that id is INBOX in every language. */
export async function listFolders(client: GraphClient, inboxId: string): Promise<GraphFolder[]> {
  const found: GraphFolder[] = [];

  async function walk(path: string, above: string, depth: number): Promise<void> {
    let link: string | undefined = `${client.root}/${path}?${fields}`;
    while (link !== undefined && found.length < maxFolders) {
      const page = await client.read({ path: link });
      for (const item of Array.isArray(page.value) ? page.value : []) {
        const { id, displayName, childFolderCount, totalItemCount, unreadItemCount } = Object(item);
        if (typeof id !== 'string' || typeof displayName !== 'string') continue;
        const name = id === inboxId ? inboxPath : displayName;
        const own = above === '' ? name : `${above}/${name}`;
        found.push({ id, path: own, messages: count(totalItemCount), unseen: count(unreadItemCount) });
        if (count(childFolderCount) > 0 && depth < deepest) {
          await walk(`mailFolders/${encodeURIComponent(id)}/childFolders`, own, depth + 1);
        }
      }
      const next = page['@odata.nextLink'];
      link = typeof next === 'string' ? next : undefined;
    }
  }

  await walk('mailFolders', '', 1);
  return found;
}

/** The folder that every mailbox has, whatever its language calls it; and the time by Graph's clock, milliseconds. */
export async function openInbox(client: GraphClient): Promise<{ id: string; serverTime: number; messages: number }> {
  const { headers, body } = await client.call({ path: `${client.root}/mailFolders/inbox?$select=id,totalItemCount` });
  const { id, totalItemCount } = Object(JSON.parse(new TextDecoder().decode(body)));
  const serverTime = Date.parse(headers.date ?? '');
  if (typeof id !== 'string') throw folderMissing(inboxPath);
  return { id, serverTime: Number.isNaN(serverTime) ? Date.now() : serverTime, messages: count(totalItemCount) };
}

/** As IMAP calls it. */
export const inboxPath = 'INBOX';

export function isInbox(path: string): boolean {
  return path.toUpperCase() === inboxPath;
}

export function folderMissing(path: string): UserError {
  const message = `There is no folder "${path}" in this mailbox. Choose the folders anew: Verify lists them.`;
  return new UserError('folder-missing', message, { data: { folder: path } });
}

function count(value: unknown): number {
  return Number.isSafeInteger(value) ? Number(value) : 0;
}
