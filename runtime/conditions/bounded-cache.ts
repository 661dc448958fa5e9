/** Keeps what was made for a text, up to a number of entries and of characters in all; the least lately used goes first. */
export interface BoundedCache<V> {
  get(key: string, make: () => V): V;
}

export function createBoundedCache<V>(limits: { entries: number; characters: number }): BoundedCache<V> {
  const kept = new Map<string, V>();
  let characters = 0;

  return {
    get(key, make) {
      const found = kept.get(key);
      if (found !== undefined) {
        // A Map iterates in order of insertion: moving what was used to the end makes the first the oldest.
        kept.delete(key);
        kept.set(key, found);
        return found;
      }
      const made = make();
      kept.set(key, made);
      characters += key.length;
      for (const oldest of kept.keys()) {
        if (kept.size <= limits.entries && characters <= limits.characters) break;
        kept.delete(oldest);
        characters -= oldest.length;
      }
      return made;
    },
  };
}
