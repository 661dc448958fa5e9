import { UserError } from '../../schemas/errors.ts';
import { explainFailure } from './ews/failure.ts';
import { createEwsFolderReader } from './ews/folder.ts';
import { listFolders } from './ews/operations.ts';
import { ewsOf } from './ews/server.ts';
import { openSoap } from './ews/soap.ts';
import { keepReading, type Reading } from './keep-reading.ts';
import type { MailboxProblem, Source, SourceContext } from './source.ts';
import { type ReadingTiming, usualTiming } from './source-type.ts';

/** Reads a mailbox of an Exchange server on premises until stopped, by polling: whatever the server does, it comes back. */
export function createEwsSource(context: SourceContext, timing: Partial<ReadingTiming> = {}): Source {
  const { mailbox } = context;
  const times = { pollMs: mailbox.pollSeconds * 1_000, ...usualTiming, ...timing };
  let current: Reading | undefined;
  const readers = (mailbox.folders.length > 0 ? mailbox.folders : ['INBOX']).map((path) =>
    createEwsFolderReader(path, context, () => current?.progressed()),
  );

  function progress() {
    const known = readers.map((reader) => reader.progress()).filter((each) => each !== undefined);
    const behind = known.find(({ lag }) => lag > 0) ?? known[0];
    return behind && { ...behind, lag: known.reduce((sum, { lag }) => sum + lag, 0) };
  }

  async function session(reading: Reading): Promise<void> {
    current = reading;
    const soap = openSoap(mailbox, context.credentials, times, reading.signal);
    try {
      while (!reading.stopping) {
        reading.looking();
        const folders = await listFolders(soap, mailbox);
        const problems: MailboxProblem[] = [];
        const missing: string[] = [];
        for (const reader of readers) {
          const folder = folders.find(({ path }) => path === reader.path);
          if (folder) await reader.read(soap, folder, folders, () => reading.stopping);
          else missing.push(reader.path);
          if (reader.problem) problems.push(reader.problem);
        }
        if (missing.length === readers.length) throw folderMissing(missing);
        const at = new Date().toISOString();
        if (missing.length > 0) problems.push({ code: 'folder-missing', message: folderMissing(missing).message, at });
        reading.steady();
        reading.report('connected', { lastSuccessAt: at, nextRetryAt: undefined, lastError: undefined, problems });
        await reading.rest(times.pollMs);
      }
    } finally {
      soap.close();
    }
  }

  return keepReading({
    context,
    times,
    progress,
    session,
    explain: (thrown) => explainFailure(thrown, ewsOf(mailbox)),
  });
}

function folderMissing(paths: readonly string[]): UserError {
  const named = paths.map((path) => `"${path}"`).join(', ');
  return new UserError(
    'folder-missing',
    `${paths.length === 1 ? 'The folder' : 'The folders'} ${named} cannot be found in the mailbox. Choose from those that "Verify" lists.`,
  );
}
