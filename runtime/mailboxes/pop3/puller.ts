import { shortenMail } from '../../mail/shorten.ts';
import { headOf, identityOf } from '../identity.ts';
import type { RawMail } from '../source.ts';
import type { FetchItem, Pop3Connection } from './connection.ts';
import { Refusal } from './failure.ts';
import type { ListedMail } from './listing.ts';

export interface PulledMail {
  mail: ListedMail;
  raw: RawMail;
}

/** Stored in one commit. */
const batchLimits = { mails: 200, bytes: 8 * 1_048_576 };

/** Of a mail over the limit: its texts stand among the first lines, but for the rare one that begins with an attachment. */
const firstLines = 4_000;

/** How a mail has resisted so far: lost connections count one, refusals and broken promises three. */
const trouble = { lost: 1, refused: 3, headOnly: 3, giveUp: 6 };

export interface Puller {
  /**
   * Hands over mails in batches, in the order given. A batch under way is handed over, too, when the connection is lost. What the server
   * does not hand over is passed over, tried again in later sessions, then taken as a head alone, and at last without content: one
   * mail must not keep back those behind it.
   */
  pull(
    open: Pop3Connection,
    fresh: readonly ListedMail[],
    store: (batch: PulledMail[]) => Promise<void>,
  ): Promise<void>;
}

/** Remembers across sessions which mails make trouble. */
export function createPuller(maxBytes: number): Puller {
  const troubles = new Map<string, number>();
  const troubleOf = ({ uidl }: ListedMail) => troubles.get(uidl) ?? 0;
  const linesOf = (mail: ListedMail) => {
    if (troubleOf(mail) >= trouble.headOnly) return 0;
    return mail.size > maxBytes ? firstLines : undefined;
  };
  const addTrouble = (mail: ListedMail, weight: number) => void troubles.set(mail.uidl, troubleOf(mail) + weight);

  return {
    async pull(open, fresh, store) {
      const present = new Set(fresh.map(({ uidl }) => uidl));
      for (const uidl of troubles.keys()) if (!present.has(uidl)) troubles.delete(uidl);
      let batch: PulledMail[] = [];
      let bytes = 0;
      let isStoring = false;
      const send = async () => {
        if (batch.length === 0) return;
        const full = batch;
        batch = [];
        bytes = 0;
        isStoring = true;
        await store(full);
        isStoring = false;
      };
      const add = async (mail: ListedMail, content: Content) => {
        batch.push({ mail, raw: rawMail(mail, content) });
        bytes += content.bytes.byteLength;
        if (batch.length >= batchLimits.mails || bytes >= batchLimits.bytes) await send();
      };
      const hopeless = fresh.filter((mail) => troubleOf(mail) >= trouble.giveUp);
      for (const mail of hopeless) await add(mail, nothing);
      const items = fresh
        .filter((mail) => troubleOf(mail) < trouble.giveUp)
        .map((mail) => ({ ...mail, lines: linesOf(mail) }));
      let done = 0;
      try {
        await open.fetch(items, maxBytes, async (item, fetched) => {
          done += 1;
          if (!(fetched instanceof Refusal)) {
            await add(item, fetched.whole ? { bytes: fetched.bytes } : cutOff(item, fetched.bytes));
          } else if (item.lines === 0) {
            // There, and unreadable: quarantined empty, so that somebody sees it at least.
            await add(item, nothing);
          } else {
            addTrouble(item, trouble.refused);
          }
        });
      } catch (error) {
        const blamed: FetchItem | undefined = items[done];
        if (blamed && !isStoring) addTrouble(blamed, isBrokenPromise(error) ? trouble.refused : trouble.lost);
        throw error;
      } finally {
        if (!isStoring) await send();
      }
    },
  };
}

type Content = Pick<RawMail, 'bytes' | 'truncated' | 'wholeSize'>;

const nothing: Content = { bytes: new Uint8Array(), truncated: true };

function cutOff({ lines, size }: FetchItem, start: Buffer): Content {
  // No more than a head was asked for, because more of it could not be had.
  const mail = lines === 0 ? null : shortenMail(start);
  if (mail === null) return { bytes: headOf(start), truncated: true };
  return { bytes: mail.bytes, wholeSize: Math.max(size, start.byteLength) };
}

function rawMail({ uidl }: ListedMail, content: Content): RawMail {
  // The name alone would not do: a server may give the name of a deleted mail to another one.
  const serverKey = `${uidl}:${identityOf(content.bytes)}`;
  return { folder: '', serverKey, receivedAt: Date.now(), ...content };
}

function isBrokenPromise(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'bad-answer';
}
