/** What a server tells about a mail before its bytes are asked for. */
export interface ListedMail {
  uid: number;
  size: number;
  /** The server's arrival time, milliseconds since the epoch. */
  arrivedAt: number;
}

export interface BatchLimits {
  mails: number;
  bytes: number;
}

/** Small mails travel by the hundred, a large one alone: what is in memory at once stays bounded. */
export function* planBatches(listed: readonly ListedMail[], limits: BatchLimits): Generator<ListedMail[]> {
  let batch: ListedMail[] = [];
  let bytes = 0;
  for (const mail of listed) {
    if (batch.length > 0 && (batch.length >= limits.mails || bytes + mail.size > limits.bytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(mail);
    bytes += mail.size;
  }
  if (batch.length > 0) yield batch;
}

/** UIDs in ascending order as an IMAP sequence set: 4,5,6,9 is "4:6,9". */
export function toSequenceSet(uids: readonly number[]): string {
  const ranges: string[] = [];
  let first: number | undefined;
  let last: number | undefined;
  const close = () => {
    if (first !== undefined) ranges.push(first === last ? `${first}` : `${first}:${last}`);
  };
  for (const uid of uids) {
    if (last !== undefined && uid === last + 1) {
      last = uid;
      continue;
    }
    close();
    first = uid;
    last = uid;
  }
  close();
  return ranges.join(',');
}
