/** One RFC 6901 pointer from unescaped segments. */
export function toPointer(...segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The unescaped segments of an RFC 6901 pointer; null if it is not one (non-empty and without leading slash). */
export function pointerSegments(pointer: string): string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What the pointer leads to, by own properties only; undefined where it leads nowhere. */
export function resolvePointer(document: unknown, pointer: string): unknown {
  const segments = pointerSegments(pointer);
  if (segments === null) return undefined;
  let value = document;
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = Reflect.get(value, segment);
  }
  return value;
}
