import type { Sheet } from '../../../schemas/sheet.ts';

/** An id that reads well in a diff: `preferred` itself, or with the smallest number that makes it free. */
export function freeActionId(
  sheet: Pick<Sheet, 'actions'>,
  preferred: string,
  taken: ReadonlySet<string> = new Set(),
): string {
  const isFree = (id: string) => !Object.hasOwn(sheet.actions, id) && !taken.has(id);
  // 58 characters leave room for the number within the 64 of an id.
  const stem = preferred.slice(0, 58);
  if (isFree(stem)) return stem;
  for (let number = 2; ; number += 1) {
    const id = `${stem}-${number}`;
    if (isFree(id)) return id;
  }
}
