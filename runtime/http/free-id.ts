/**
 * An id made from a name, as ids are: lower case, digits and hyphens, at most 64 characters, not taken in the list. Never changed
 * afterwards, because log lines, routes and flows refer to it. `otherwise` serves names without a single such letter.
 */
export function freeId(name: string, taken: readonly { id: string }[], otherwise: string): string {
  const plain = name.normalize('NFKD').toLowerCase();
  const base =
    plain
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+/, '')
      .slice(0, 56)
      .replace(/-+$/, '') || otherwise;
  const ids = new Set(taken.map((entry) => entry.id));
  let id = base;
  for (let number = 2; ids.has(id); number += 1) id = `${base}-${number}`;
  return id;
}
