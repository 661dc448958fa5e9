import { UserError } from '../../schemas/errors.ts';
import type { Mailbox } from '../../schemas/settings.ts';

/** What every source with folders has: which are read, since when, and what becomes of their mails. */
type FolderSettings = Pick<Mailbox, 'folders' | 'afterTaking' | 'takeDays'>;
type Entered = { [K in keyof FolderSettings]?: FolderSettings[K] | undefined };

/** Throws UserError `moves-into-itself`. */
export function storeFolders({ folders = ['INBOX'], afterTaking, takeDays }: Entered): FolderSettings {
  const stored: FolderSettings = {
    folders: [...new Set(folders)],
    ...(afterTaking && { afterTaking }),
    ...(takeDays && { takeDays }),
  };
  refuseCircle(stored);
  return stored;
}

/** Changes what is named, in place. Throws UserError `moves-into-itself`. */
export function changeFolders(mailbox: Mailbox, { folders, afterTaking, takeDays }: Entered): void {
  if (folders !== undefined) mailbox.folders = [...new Set(folders)];
  if (afterTaking !== undefined) mailbox.afterTaking = afterTaking;
  if (takeDays !== undefined) mailbox.takeDays = takeDays;
  refuseCircle(mailbox);
}

function refuseCircle({ folders, afterTaking }: FolderSettings): void {
  if (afterTaking?.action !== 'move' || !folders.includes(afterTaking.folder)) return;
  throw new UserError(
    'moves-into-itself',
    `Mail is taken from "${afterTaking.folder}", so taken mails cannot be moved there: they would be taken again and again. Choose another folder.`,
    { status: 422 },
  );
}
