import { keepReading, type Reading } from './keep-reading.ts';
import { openPop3, type Pop3Connection } from './pop3/connection.ts';
import { compare, firstCursor, formatCursor, isAnother, type Pop3Cursor, parseCursor } from './pop3/cursor.ts';
import { explainFailure } from './pop3/failure.ts';
import type { ListedMail } from './pop3/listing.ts';
import { createPuller, type PulledMail } from './pop3/puller.ts';
import { pop3Of } from './pop3/server.ts';
import type { Source, SourceContext } from './source.ts';
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

  async function save(next: Pop3Cursor, batch: readonly PulledMail[] = []): Promise<void> {
    const mails = batch.map(({ raw }) => raw);
    await context.accept(mails, { folder: '', value: formatCursor(next) });
    cursor = next;
  }

  /** What is known after this look, stored if it differs from what was known before, and the mails that are new. */
  async function look(listing: readonly ListedMail[]): Promise<{ known: Pop3Cursor; fresh: ListedMail[] }> {
    const { username, host } = pop3Of(mailbox);
    if (cursor === undefined) {
      const stored = await context.loadCursor('');
      cursor = stored === undefined ? undefined : parseCursor(stored);
    }
    if (cursor === undefined || isAnother(cursor, username, host, listing)) {
      const first = firstCursor(username, host, listing);
      await save(first);
      return { known: first, fresh: [] };
    }
    const { fresh, next, changed } = compare({ ...cursor, host }, listing, nowSeconds());
    if (changed || cursor.host !== host) await save(next);
    return { known: next, fresh };
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
      for (const { mail, raw } of batch)
        taken.set(mail.uidl, { at: nowSeconds(), whole: raw.truncated !== true && raw.wholeSize === undefined });
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
    if (refused.length > 0) log.warn({ mails: refused.length }, 'the server does not let taken mails be deleted');
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
      const { known, fresh } = await look(listing);
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
      });
      await rest(reading, Date.now() + times.pollMs);
    }
  }

  async function rest(reading: Reading, until: number): Promise<void> {
    while (!reading.stopping && !reading.wished && Date.now() < until) await reading.bell.sleep(until - Date.now());
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

function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}
