import { identityOf } from './identity.ts';
import { keepReading, type Reading } from './keep-reading.ts';
import { openPop3, type Pop3Connection } from './pop3/connection.ts';
import {
  compare,
  firstCursor,
  formatCursor,
  isAnother,
  isRenamed,
  type Pop3Cursor,
  parseCursor,
  renameKnown,
  type TakenMail,
} from './pop3/cursor.ts';
import { readFacts } from './pop3/dates.ts';
import { explainFailure } from './pop3/failure.ts';
import type { ListedMail } from './pop3/listing.ts';
import { createPuller, type PulledMail } from './pop3/puller.ts';
import { pop3Of } from './pop3/server.ts';
import type { MailboxProblem, RawMail, Source, SourceContext } from './source.ts';
import { type ReadingTiming, usualTiming } from './source-type.ts';

/** Leaving more than this on a server makes every look at it slow. */
const manyMails = 10_000;
const daySeconds = 86_400;

/**
 * Reads a POP3 mailbox until stopped, by a session for each look. Only mail that came after the first contact is taken; it stays on the
 * server, or is deleted there some days after its durable commit. A session that breaks deletes nothing (RFC 1939, 6).
 */
export function createPop3Source(context: SourceContext, timing: Partial<ReadingTiming> = {}): Source {
  const { mailbox, log } = context;
  const times = { pollMs: mailbox.pollSeconds * 1_000, ...usualTiming, ...timing };
  const puller = createPuller(mailbox.maxBytes);
  let cursor: Pop3Cursor | undefined;
  let newestOnServer: string | undefined;
  let newestTaken: string | undefined;
  let lag = 0;
  let warned = false;
  let problems: MailboxProblem[] = [];

  async function save(next: Pop3Cursor, batch: readonly PulledMail[] = []): Promise<void> {
    const mails = batch.map(({ raw }) => raw);
    await context.accept(mails, { folder: '', value: formatCursor(next) });
    cursor = next;
  }

  /** What is known after this look, stored if it differs from what was known before, and the mails that are new. */
  async function look(
    open: Pop3Connection,
    listing: readonly ListedMail[],
  ): Promise<{ known: Pop3Cursor; fresh: ListedMail[] }> {
    const server = pop3Of(mailbox);
    const { username, host } = server;
    if (cursor === undefined) {
      const stored = await context.loadCursor('');
      cursor = stored === undefined ? undefined : parseCursor(stored);
    }
    if (cursor === undefined || isAnother(cursor, username, host, listing)) {
      // Only at the very first contact: under another account the same mails would come a second time.
      const wanted = cursor === undefined ? await ofLastDays(open, listing) : new Set<string>();
      const before = listing.filter(({ uidl }) => !wanted.has(uidl));
      const first = firstCursor(server, before, nowSeconds());
      await save(first);
      return { known: first, fresh: listing.filter(({ uidl }) => wanted.has(uidl)) };
    }
    if (isRenamed(cursor, listing)) {
      log.warn({ mails: listing.length }, 'the server has named all of its mails anew; comparing');
      await save(renameKnown(cursor, listing, await readFacts(open, listing, mailbox.maxBytes)));
    }
    const { fresh, next, changed } = compare({ ...cursor, host }, listing, nowSeconds());
    if (changed || cursor.host !== host) await save(next);
    return { known: next, fresh };
  }

  /** Names of the mails that the form's "also take the last days" means. */
  async function ofLastDays(open: Pop3Connection, listing: readonly ListedMail[]): Promise<Set<string>> {
    const { takeDays = 0 } = mailbox;
    if (takeDays === 0) return new Set();
    const line = nowSeconds() - takeDays * daySeconds;
    const facts = await readFacts(open, listing.slice(-manyMails), mailbox.maxBytes);
    return new Set([...facts].filter(([, { arrivedAt }]) => arrivedAt >= line).map(([uidl]) => uidl));
  }

  async function take(
    open: Pop3Connection,
    fresh: readonly ListedMail[],
    before: Pop3Cursor,
    reading: Reading,
  ): Promise<Pop3Cursor> {
    let known = before;
    lag = fresh.length;
    reading.progressed();
    await puller.pull(open, fresh, async (batch) => {
      const taken = new Map(known.taken);
      for (const { mail, raw } of batch) taken.set(mail.uidl, takenMail(mail, raw));
      const next = { ...known, taken };
      await save(next, batch);
      known = next;
      lag -= batch.length;
      newestTaken = batch.at(-1)?.mail.uidl;
      reading.progressed();
    });
    return known;
  }

  /** Marks what is due; nothing is marked that is not stored durably and as a whole. */
  async function removeDue(open: Pop3Connection, listing: readonly ListedMail[], known: Pop3Cursor): Promise<void> {
    const { deleteAfterDays: days } = pop3Of(mailbox);
    if (days === undefined) return;
    const line = nowSeconds() - days * daySeconds;
    const due = listing.filter(({ uidl }) => {
      const mail = known.taken.get(uidl);
      return mail?.whole === true && mail.at <= line;
    });
    const refused = await open.remove(due.map(({ number }) => number));
    problems = [];
    if (refused.length === 0) return;
    const message = `The server does not let taken mails be deleted (${refused.length} of them). Check the rights of the account, or leave mails on the server.`;
    problems = [{ code: 'not-deleted', message, at: new Date().toISOString() }];
    log.warn({ mails: refused.length }, message);
  }

  function warnOfMany(mails: number): void {
    if (mails <= manyMails || warned) return;
    warned = true;
    log.warn(
      { mails },
      'so many mails stay on the server that every look is slow; have taken mails deleted after some days',
    );
  }

  async function lookOnce(reading: Reading): Promise<void> {
    const server = pop3Of(mailbox);
    const open = await openPop3(server, context.credentials, times, reading.signal);
    try {
      const listing = await open.list();
      warnOfMany(listing.length);
      newestOnServer = listing.at(-1)?.uidl;
      const { known, fresh } = await look(open, listing);
      newestTaken ??= listing.findLast(({ uidl }) => known.taken.has(uidl) || known.former.has(uidl))?.uidl;
      await removeDue(open, listing, await take(open, fresh, known, reading));
      await open.quit();
    } finally {
      open.close();
    }
  }

  async function session(reading: Reading): Promise<void> {
    while (!reading.stopping) {
      reading.looking();
      await lookOnce(reading);
      reading.steady();
      reading.report('connected', {
        lastSuccessAt: new Date().toISOString(),
        nextRetryAt: undefined,
        lastError: undefined,
        problems,
      });
      await reading.rest(times.pollMs);
    }
  }

  return keepReading({
    context,
    times,
    progress: () =>
      cursor === undefined
        ? undefined
        : { lag, ...(newestOnServer && { newestOnServer }), ...(newestTaken && { newestTaken }) },
    session,
    explain: (thrown) => explainFailure(thrown, mailbox.pop3 ?? { host: '', port: 0, security: 'tls', username: '' }),
  });
}

function takenMail({ size }: ListedMail, { bytes, truncated, wholeSize }: RawMail): TakenMail {
  const whole = truncated !== true && wholeSize === undefined;
  return { at: nowSeconds(), whole, identity: bytes.byteLength > 0 ? identityOf(bytes) : '', size };
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}
