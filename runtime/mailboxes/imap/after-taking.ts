import type { AfterTaking } from '../../../schemas/sources/after-taking.ts';
import type { MailboxProblem, SourceContext } from '../source.ts';
import { deleteMails, markSeen, moveMails } from './commands.ts';
import type { ImapConnection } from './connection.ts';
import type { DueSets } from './cursor.ts';
import type { TakenMail } from './fetch-window.ts';
import { inWindows, parseSequenceSet, toSequenceSet } from './sequence-set.ts';

/** Carries out what is to become of taken mails on the server. What fails costs no mail: it is told, and tried again at the next look. */
export interface AfterTakingWork {
  readonly problem: MailboxProblem | undefined;
  restore(due: DueSets): void;
  /** UIDs that were taken, of which nobody knows what was done with them. */
  addUnsure(set: string): void;
  add(mails: readonly TakenMail[]): void;
  /** What will be due once these mails, too, are stored. */
  dueWith(mails: readonly TakenMail[]): DueSets;
  forget(): void;
  /** True if nothing is left to do. */
  perform(connection: ImapConnection, mayFlag: boolean): Promise<boolean>;
}

/** How many mails that the server would not change are kept to be tried again. */
const keptDue = 5_000;
/** Longer sets do not go into the cursor, which is written with every batch. */
const longestStored = 4_000;
const windowSize = 1_000;

export function createAfterTaking(path: string, wanted: AfterTaking, log: SourceContext['log']): AfterTakingWork {
  let seen: number[] = [];
  let leaving: number[] = [];
  let problem: MailboxProblem | undefined;

  const leaves = (mail: TakenMail) =>
    wanted.action !== 'mark-read' && mail.truncated !== true && mail.wholeSize === undefined;
  const uidsOf = (mails: readonly TakenMail[]) => mails.map(({ uid }) => uid);

  function tell(code: string, message: string): void {
    if (problem?.code !== code) log.warn({ folder: path, code }, message);
    problem = { code, message, at: problem?.code === code ? problem.at : new Date().toISOString() };
  }

  async function leave(connection: ImapConnection, set: string): Promise<boolean> {
    if (wanted.action === 'move') {
      const moved = await moveMails(connection, path, set, wanted.folder);
      if (!moved) {
        tell(
          'not-moved',
          `Taken mails stay in "${path}": the server does not move them to "${wanted.folder}". Check that this folder is there, that the account may write to it, and that the server can MOVE.`,
        );
      }
      return moved;
    }
    const deleted = await deleteMails(connection, path, set);
    if (!deleted) {
      tell(
        'not-deleted',
        `Taken mails stay in "${path}": the server does not delete them one by one (UIDPLUS), or the account may not. Choose another action, or give the account the right.`,
      );
    }
    return deleted;
  }

  async function inSteps(uids: number[], step: (set: string) => Promise<boolean>): Promise<number[]> {
    const left = uids.toSorted((a, b) => a - b);
    for (const window of inWindows(left, windowSize)) {
      if (!(await step(toSequenceSet(window)))) return left.slice(left.indexOf(window[0] ?? 0)).slice(-keptDue);
    }
    return [];
  }

  return {
    get problem() {
      return problem;
    },
    restore(due) {
      seen.push(...parseSequenceSet(due.seen ?? ''));
      leaving.push(...parseSequenceSet(due.leaving ?? ''));
    },
    addUnsure: (set) => void seen.push(...parseSequenceSet(set).slice(-keptDue)),
    add(mails) {
      seen.push(...uidsOf(mails));
      leaving.push(...uidsOf(mails.filter(leaves)));
    },
    dueWith(mails) {
      const sets = {
        seen: toSequenceSet([...seen, ...uidsOf(mails)].sort((a, b) => a - b)),
        leaving: toSequenceSet([...leaving, ...uidsOf(mails.filter(leaves))].sort((a, b) => a - b)),
      };
      return Object.fromEntries(Object.entries(sets).filter(([, set]) => set !== '' && set.length < longestStored));
    },
    forget() {
      seen = [];
      leaving = [];
    },
    async perform(connection, mayFlag) {
      if (seen.length + leaving.length === 0) return true;
      if (mayFlag) seen = await inSteps(seen, (set) => markSeen(connection, path, set));
      if (!mayFlag || seen.length > 0) {
        tell(
          'not-marked',
          `Mails in "${path}" cannot be marked as read: the account may only look at them. Give it the right to write.`,
        );
        // Of a folder that is read-only as a whole nothing is gained by trying again.
        if (!mayFlag) seen = [];
        return seen.length === 0;
      }
      leaving = await inSteps(leaving, (set) => leave(connection, set));
      if (leaving.length > 0) return false;
      problem = undefined;
      return true;
    },
  };
}
