import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OperationalError } from '../../schemas/errors.ts';

/** In a data folder that came out of a backup. */
const markName = 'restored.json';

const reason =
  'This data was restored from a backup: the answer may have been sent before. Look whether it was, and send it if not.';

/** The mark that is to stand in a restored data folder. */
export function restoredMark(restoredAt: number, madeAt: string): { name: string; content: string } {
  const content = JSON.stringify({ restoredAt: new Date(restoredAt).toISOString(), madeAt }, null, 2);
  return { name: markName, content: `${content}\n` };
}

/**
 * When this data came out of a backup, in milliseconds since the epoch, and what to say of answers to mails from before, which the server whose
 * data was lost may have sent; undefined where it never did.
 *
 * @throws OperationalError `restored-mark-damaged`: without it nobody knows which answers are safe to send.
 */
export function readRestored(dataFolder: string): { at: number; reason: string } | undefined {
  const file = join(dataFolder, markName);
  if (!existsSync(file)) return undefined;
  const at = Date.parse(/"restoredAt": "([^"]+)"/.exec(readFileSync(file, 'utf8'))?.[1] ?? '');
  if (!Number.isNaN(at)) return { at, reason };
  const words = `${file} cannot be read. Restore the backup again; or delete the file, if answers that were sent already may be sent again.`;
  throw new OperationalError('restored-mark-damaged', words);
}

/** What waited to be sent when the backup was made may have left since: it is sent again by a person only. */
export function holdWhatWaited(database: string): void {
  const restored = new DatabaseSync(database);
  try {
    restored
      .prepare(`update outbox set state = 'uncertain', reason = ? where state in ('waiting', 'sending')`)
      .run(reason);
  } finally {
    restored.close();
  }
}
