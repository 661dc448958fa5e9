import type { MailboxProblem, RawMail, SourceContext } from '../source.ts';
import { type EwsCursor, parseCursor } from './cursor.ts';
import { EwsRefusal } from './failure.ts';
import { type EwsFolder, type EwsMail, finishMails, syncFolder } from './operations.ts';
import { ewsOf } from './server.ts';
import type { Soap } from './soap.ts';
import { takeMails } from './take.ts';

export interface EwsFolderReader {
  readonly path: string;
  /** Takes whatever is new. */
  read(soap: Soap, folder: EwsFolder, folders: readonly EwsFolder[], isStopping: () => boolean): Promise<void>;
  readonly problem: MailboxProblem | undefined;
  progress(): { newestOnServer: string; newestTaken: string; lag: number } | undefined;
}

const dayMs = 86_400_000;
/** After Exchange has forgotten what it told us, mails that came so long before the last full look are looked at once more. */
const overlapMs = dayMs;
const finishedAtOnce = 100;
const keptDue = 2_000;

export function createEwsFolderReader(
  path: string,
  context: Pick<SourceContext, 'mailbox' | 'accept' | 'loadCursor' | 'log'>,
  onProgress: () => void,
): EwsFolderReader {
  const { mailbox, log } = context;
  const account = `${ewsOf(mailbox).username} ${mailbox.address}`.toLowerCase();
  const wanted = mailbox.afterTaking ?? { action: 'mark-read' };
  let cursor: EwsCursor | undefined;
  let problem: MailboxProblem | undefined;
  let newest = '';
  let newestTaken = '';
  let newestAt = 0;
  let lag = 0;

  async function store(next: EwsCursor, mails: readonly RawMail[] = []): Promise<void> {
    await context.accept(mails, { folder: path, value: JSON.stringify(next) });
    cursor = next;
  }

  async function place(soap: Soap, folderId: string): Promise<EwsCursor> {
    if (cursor === undefined) {
      const stored = await context.loadCursor(path);
      cursor = stored === undefined ? undefined : parseCursor(stored, path);
    }
    if (cursor?.account === account && cursor.folderId === folderId) return cursor;
    // Only at the very first contact: under another account the same mails would come a second time.
    const days = cursor === undefined ? (mailbox.takeDays ?? 0) : 0;
    const since = Date.now() - days * dayMs;
    const syncState = days > 0 ? '' : await passOver(soap, folderId);
    await store({ account, folderId, syncState, since, isBounded: days > 0, syncedAt: 0, due: [] });
    return current();
  }

  /** What is there before the set-up is told, and not taken. */
  async function passOver(soap: Soap, folderId: string): Promise<string> {
    let syncState = '';
    for (;;) {
      const changes = await syncFolder(soap, folderId, syncState);
      syncState = changes.syncState;
      if (changes.isLast) return syncState;
    }
  }

  /** Exchange has forgotten where we stood: everything is told again, and the ledger knows what of it was taken. */
  async function startAgain(): Promise<EwsCursor> {
    const before = current();
    log.warn({ folder: path }, 'Exchange has forgotten what it told of a folder; comparing');
    const since = Math.max(before.since, before.syncedAt - overlapMs);
    await store({ ...before, syncState: '', since, isBounded: true });
    return current();
  }

  function current(): EwsCursor {
    // Called behind place() alone, which has set it.
    return cursor as EwsCursor;
  }

  async function nextChanges(soap: Soap): ReturnType<typeof syncFolder> {
    const { folderId, syncState } = current();
    try {
      return await syncFolder(soap, folderId, syncState);
    } catch (error) {
      const isForgotten = error instanceof EwsRefusal && /^ErrorInvalidSyncState/.test(error.responseCode);
      if (!isForgotten || syncState === '') throw error;
      return await syncFolder(soap, (await startAgain()).folderId, '');
    }
  }

  async function take(soap: Soap, mails: readonly EwsMail[]): Promise<void> {
    for await (const batch of takeMails(soap, path, mails, mailbox.maxBytes)) {
      const before = current();
      // The state itself moves only with the whole page: a crash in between repeats a part of it, which the ledger knows.
      const keys = batch.mails.map(({ serverKey }) => serverKey);
      const leaving = wanted.action === 'mark-read' ? keys : batch.whole;
      const due = [...before.due, ...leaving].slice(-keptDue);
      await store({ ...before, due }, batch.mails);
      lag = Math.max(0, lag - batch.mails.length);
      newestTaken = batch.mails.at(-1)?.serverKey ?? newestTaken;
      onProgress();
      const staying = keys.filter((key) => !leaving.includes(key));
      if (staying.length > 0) await finishMails(soap, staying, { action: 'mark-read' });
      await finish(soap);
    }
  }

  let folderIdOf: (path: string) => string | undefined = () => undefined;

  /** A refusal is no reason to stop taking mail: it is told, and tried again at the next look. */
  async function finish(soap: Soap): Promise<void> {
    let { due } = current();
    const left: string[] = [];
    while (due.length > 0) {
      const some = due.slice(0, finishedAtOnce);
      due = due.slice(finishedAtOnce);
      try {
        const target = wanted.action === 'move' ? folderIdOf(wanted.folder) : undefined;
        left.push(...(await finishMails(soap, some, wanted, target)));
      } catch (error) {
        if (!(error instanceof EwsRefusal)) throw error;
        left.push(...some);
      }
    }
    cursor = { ...current(), due: left };
    if (left.length === 0) problem = undefined;
    else problem = { code: codeOf(), message: messageOf(), at: problem?.at ?? new Date().toISOString() };
  }

  const codeOf = () => ({ 'mark-read': 'not-marked', move: 'not-moved', delete: 'not-deleted' })[wanted.action];
  function messageOf(): string {
    if (wanted.action === 'move') {
      return `Taken mails stay in "${path}": Exchange does not move them to "${wanted.folder}". Check that this folder is there, and that the account may write to it.`;
    }
    const what = wanted.action === 'delete' ? 'deleted' : 'marked as read';
    return `Mails in "${path}" cannot be ${what}: the account may only look at them. Give it full access to the mailbox.`;
  }

  return {
    path,
    get problem() {
      return problem;
    },
    async read(soap, folder, folders, isStopping) {
      folderIdOf = (wantedPath) => folders.find((each) => each.path === wantedPath)?.id;
      await place(soap, folder.id);
      // What a crash or a refusal left undone.
      await finish(soap);
      for (;;) {
        if (isStopping()) return;
        const changes = await nextChanges(soap);
        const fresh = changes.mails.filter(({ receivedAt }) => !current().isBounded || receivedAt >= current().since);
        newest = fresh.at(-1)?.id ?? newest;
        newestAt = Math.max(newestAt, ...changes.mails.map(({ receivedAt }) => receivedAt));
        lag = fresh.length;
        onProgress();
        await take(
          soap,
          fresh.toSorted((a, b) => a.receivedAt - b.receivedAt),
        );
        lag = 0;
        const isNew = changes.syncState !== current().syncState;
        const next = { ...current(), syncState: changes.syncState };
        const syncedAt = Math.min(Math.max(next.syncedAt, newestAt), Date.now());
        if (changes.isLast) Object.assign(next, { syncedAt, isBounded: false });
        // Nothing happened: no commit for that.
        if (isNew) await store(next);
        if (changes.isLast) break;
      }
      onProgress();
    },
    progress() {
      if (cursor === undefined) return undefined;
      return { newestOnServer: newest || newestTaken, newestTaken, lag };
    },
  };
}
