/**
 * Where two JSON values differ as typing makes them differ: the path of the one text or number that is another. Null if nothing differs, or
 * more than one text, or the shape.
 */
export function typedAt(before: unknown, after: unknown): string | null {
  if (isTyped(before) && isTyped(after)) return before === after ? null : '';
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after)) return null;
  const keys = Object.keys(after);
  if (keys.join('\n') !== Object.keys(before).join('\n')) return null;
  const differing = keys.filter((key) => before[key] !== after[key] && !isSame(before[key], after[key]));
  const [key] = differing;
  if (key === undefined || differing.length > 1) return null;
  const within = typedAt(before[key], after[key]);
  return within === null ? null : `/${key}${within}`;
}

/** An empty field stands for nothing. */
function isTyped(value: unknown): boolean {
  return value === undefined || typeof value === 'string' || typeof value === 'number';
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
