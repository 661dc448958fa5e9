/** What of a long text stands around the place where two versions differ. */
const around = 40;
/** Longer than this no list tells a value; it is seen in the inspector. */
const maxLength = 240;

/** Any JSON value in words; texts in quotes. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return `“${shortened(value.replaceAll(/\s+/g, ' '))}”`;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : shortened(value.map(itemWords).join(', '));
  return typeof value === 'object' ? shortened(JSON.stringify(value)) : String(value);
}

/** Two versions of a long text, both cut down to where they differ. */
export function whereTheyDiffer(before: string, after: string): [string, string] {
  if (before.length <= 2 * around && after.length <= 2 * around) return [before, after];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const cut = (text: string) => {
    const from = Math.max(0, start - around);
    const to = Math.min(text.length, text.length - end + around);
    return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
  };
  return [cut(before), cut(after)];
}

function itemWords(item: unknown): string {
  return typeof item === 'string' ? item : valueWords(item);
}

function shortened(text: string): string {
  return text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
}
