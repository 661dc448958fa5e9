import type { Kysely } from 'kysely';
import type { BacktestEnding, BacktestEvent, BacktestGroup } from '../../schemas/api/backtest.ts';
import { chooseRoute, recipientsOf } from '../intake/route.ts';
import type { Database } from '../store/database.ts';
import { changesOf, endingOf } from './compare-runs.ts';
import type { BacktestJob } from './job.ts';
import { createRunBoth } from './run-both.ts';
import { countMails, readMails, type StoredMail } from './stored-mails.ts';

/** News at most so often: a bar moves smoothly, and a page is not drawn for every mail. */
const newsMs = 80;

/** Where mails are only looked through for their route, this many are enough. */
const maxLookedThrough = 100_000;

/**
 * Runs both sides on every selected mail and tells what differs, a few times a second. Reads mails one by one and keeps counts
 * only, so memory does not grow with their number.
 */
export async function runBacktest(
  read: Kysely<Database>,
  { comparison, selection }: BacktestJob,
  tell: (event: BacktestEvent) => void,
): Promise<void> {
  const begin = performance.now();
  const flow = comparison.draft.flow.id;
  const runBoth = createRunBoth(read, comparison);
  const news = createNews(tell);
  tell({
    event: 'begin',
    mails: await countMails(read, flow, selection),
    version: comparison.published?.version ?? null,
  });
  let compared = 0;
  let skipped = 0;
  let lookedThrough = 0;
  for await (const mail of readMails(read, flow, selection)) {
    lookedThrough += 1;
    if (compared + skipped >= selection.mails || lookedThrough > maxLookedThrough) break;
    if (selection.route !== undefined && !isTakenBy(selection.route, comparison, mail)) continue;
    const { before, after, isSkipped } = await runBoth(mail);
    if (isSkipped) {
      skipped += 1;
    } else {
      compared += 1;
      news.add({ from: endingOf(before), to: endingOf(after), changed: changesOf(before, after), mails: [mail.id] });
    }
    news.tellSometimes(compared + skipped, skipped);
  }
  news.tell(compared + skipped, skipped);
  const cells = news.cells();
  tell({
    event: 'end',
    mails: compared,
    same: cells.reduce((sum, { from, to, mails }) => (isSameEnding(from, to) ? sum + mails : sum), 0),
    skipped,
    cells,
    tookMs: Math.round(performance.now() - begin),
  });
}

function isTakenBy(route: string, { mailboxes, routes }: BacktestJob['comparison'], mail: StoredMail): boolean {
  const mailbox = mailboxes.find(({ id }) => id === mail.mailbox) ?? { id: mail.mailbox, address: '' };
  return chooseRoute(routes, mailbox, recipientsOf(mail.email, mail.envelope), mail)?.route.id === route;
}

function isSameEnding(one: BacktestEnding, other: BacktestEnding): boolean {
  return one.kind === other.kind && one.queue === other.queue;
}

interface Cell {
  from: BacktestEnding;
  to: BacktestEnding;
  mails: number;
}

/** Gathers mails that fared alike, and the counts of all. */
function createNews(tell: (event: BacktestEvent) => void) {
  const cells = new Map<string, Cell>();
  let groups = new Map<string, BacktestGroup>();
  let toldAt = performance.now();

  function tellNow(done: number, skipped: number): void {
    tell({ event: 'mails', done, skipped, groups: [...groups.values()] });
    groups = new Map();
    toldAt = performance.now();
  }

  return {
    add(mail: BacktestGroup) {
      const { from, to, changed, mails } = mail;
      const ends = `${from.kind} ${from.queue} ${to.kind} ${to.queue}`;
      const cell = cells.get(ends);
      if (cell === undefined) cells.set(ends, { from, to, mails: 1 });
      else cell.mails += 1;
      const key = `${ends} ${changed.join()}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, mail);
      else group.mails.push(...mails);
    },
    tell: tellNow,
    tellSometimes(done: number, skipped: number) {
      if (performance.now() - toldAt >= newsMs) tellNow(done, skipped);
    },
    cells: () => [...cells.values()],
  };
}
