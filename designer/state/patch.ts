/** What turns one JSON value into another: a new value, or changes below some keys. */
export type Patch = { value: unknown } | { keys: Record<string, Patch>; order?: readonly string[] };

/** The patch from one to the other; null if they are the same. Parts that the two share are not looked into, so that small edits of large documents cost little. */
export function patchBetween(before: unknown, after: unknown): Patch | null {
  if (before === after) return null;
  if (!isRecord(before) || !isRecord(after)) return { value: after };
  const changes = Object.entries(after).flatMap(([key, value]): [string, Patch][] => {
    const patch = Object.hasOwn(before, key) ? patchBetween(before[key], value) : { value };
    return patch === null ? [] : [[key, patch]];
  });
  const order = Object.keys(after);
  const former = Object.keys(before);
  const isSameOrder = order.length === former.length && order.every((key, at) => key === former[at]);
  if (isSameOrder && changes.length === 0) return null;
  // Assigned one by one, a key "__proto__" would be lost.
  const keys = Object.fromEntries(changes);
  return isSameOrder ? { keys } : { keys, order };
}

/** The value with the patch applied; it shares with `before` whatever the patch leaves alone. Throws if the patch does not fit. */
export function applyPatch(before: unknown, patch: Patch | null): unknown {
  if (patch === null) return before;
  if ('value' in patch) return patch.value;
  if (!isRecord(before)) throw new Error('The patch was made for another value.');
  const { keys, order = Object.keys(before) } = patch;
  return Object.fromEntries(
    order.map((key) => {
      const change = Object.hasOwn(keys, key) ? keys[key] : undefined;
      return [key, change === undefined ? before[key] : applyPatch(before[key], change)];
    }),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
