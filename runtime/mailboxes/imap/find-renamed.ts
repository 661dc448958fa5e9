import { UserError } from '../../../schemas/errors.ts';
import type { ImapConnection } from './connection.ts';
import { folderMissing } from './failure.ts';

/**
 * Says what may have become of a folder that is no longer on the server. Most servers keep a folder's UIDVALIDITY when it is renamed, so
 * one other folder with the same one is most likely it.
 */
export async function explainMissing(
  connection: ImapConnection,
  path: string,
  validity: string | undefined,
  configured: readonly string[],
): Promise<UserError> {
  if (validity === undefined) return folderMissing(path);
  const listed = await connection.run('listing the folders', (client) =>
    client.list({ statusQuery: { uidValidity: true } }),
  );
  const same = listed.filter(
    (folder) => !configured.includes(folder.path) && String(folder.status?.uidValidity) === validity,
  );
  const [renamed] = same;
  if (same.length !== 1 || !renamed) return folderMissing(path);
  return new UserError(
    'folder-missing',
    `The folder "${path}" is not on the server; it seems to be called "${renamed.path}" now. Choose that one in the mailbox, or give it its former name back.`,
    { data: { folder: path, renamedTo: renamed.path } },
  );
}
