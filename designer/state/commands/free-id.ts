/**
 * An id that reads well in a diff: `preferred` itself, or with the smallest number that makes it free among the keys of
 * `used` and what is `taken` beside them.
 */
export function freeId(
  used: Readonly<Record<string, unknown>> | undefined,
  preferred: string,
  taken: ReadonlySet<string> = new Set(),
): string {
  const isFree = (id: string) => (used === undefined || !Object.hasOwn(used, id)) && !taken.has(id);
  // 58 characters leave room for the number within the 64 of an id.
  const stem = preferred.slice(0, 58);
  if (isFree(stem)) return stem;
  for (let number = 2; ; number += 1) {
    const id = `${stem}-${number}`;
    if (isFree(id)) return id;
  }
}
