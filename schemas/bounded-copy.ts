/** What a trace keeps of one text, and of everything below one value. */
const textLimit = 500;
const totalLimit = 4_000;
const itemLimit = 20;
const depthLimit = 4;

/**
 * A JSON copy of a value for showing to a person: long texts, long lists and deep objects are cut, so that a trace stays small
 * whatever a stranger sent. Numbers that JSON lacks become their names.
 */
export function boundedCopy(value: unknown): unknown {
  if (typeof value === 'boolean' || value === null || value === undefined) return value ?? null;
  return copy(value, depthLimit, { left: totalLimit });
}

function copy(value: unknown, depth: number, budget: { left: number }): unknown {
  if (typeof value === 'string') {
    const text = cut(value, Math.max(0, Math.min(textLimit, budget.left)));
    budget.left -= text.length;
    return text;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth === 0 || budget.left <= 0) return '…';
  if (Array.isArray(value)) {
    const items = value.slice(0, itemLimit).map((item) => copy(item, depth - 1, budget));
    return value.length > itemLimit ? [...items, `… ${value.length - itemLimit} more`] : items;
  }
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value).slice(0, itemLimit)) {
    budget.left -= key.length;
    entries.push([cut(key, textLimit), copy(Reflect.get(value, key), depth - 1, budget)]);
  }
  return Object.fromEntries(entries);
}

/** How many items the list had that this is a copy of. */
export function lengthOfCopy(copied: readonly unknown[]): number {
  const last = copied.at(-1);
  const more = copied.length > itemLimit && typeof last === 'string' ? /^… (\d+) more$/.exec(last)?.[1] : undefined;
  return more === undefined ? copied.length : itemLimit + Number(more);
}

/** Whether a copy may lack a part of its value. True for a text that happens to be exactly as long as the limit, too. */
export function mayBeCut(copied: unknown): boolean {
  if (typeof copied === 'string') return copied === '…' || copied.length >= textLimit - 1;
  if (typeof copied !== 'object' || copied === null) return false;
  const parts = Object.values(copied);
  return parts.length >= itemLimit || parts.some(mayBeCut) || JSON.stringify(copied).length >= totalLimit;
}

/** Cuts between characters, never inside a surrogate pair. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = length > 0 && /[\uD800-\uDBFF]/.test(text[length - 1] ?? '') ? length - 1 : length;
  return text.slice(0, end);
}
