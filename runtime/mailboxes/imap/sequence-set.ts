/** Servers need not read command lines longer than this (RFC 2683, 3.2.1.5, with room for the rest of the command). */
const longestSet = 4_000;

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

/** Cuts ascending UIDs into pieces that each fit into one command. */
export function* inWindows(uids: readonly number[], most: number): Generator<number[]> {
  let from = 0;
  while (from < uids.length) {
    let window = uids.slice(from, from + most);
    while (window.length > 1 && toSequenceSet(window).length > longestSet)
      window = window.slice(0, Math.ceil(window.length / 2));
    yield window;
    from += window.length;
  }
}

/** The UIDs of a set that toSequenceSet made, ascending. */
export function parseSequenceSet(set: string): number[] {
  return set.split(',').flatMap((range) => {
    const [first, last] = range.split(':').map(Number);
    if (!first) return [];
    return Array.from({ length: (last ?? first) - first + 1 }, (_, index) => first + index);
  });
}
