/** Senders as people list them. */
export interface Senders {
  /** The entry that an address falls under; undefined where none does. */
  find(address: string): string | undefined;
}

/**
 * Entries are an address (`a@b.org`), a domain (`b.org`, without its subdomains), or either with `*` for any text. Case does not count. The more exact
 * entry is named first, so that a reason is always the same.
 */
export function compileSenders(entries: Iterable<string>): Senders {
  const exact = new Map<string, string>();
  const wild: { entry: string; parts: string[]; whole: boolean }[] = [];
  for (const entry of entries) {
    const plain = entry.trim().toLowerCase().replace(/^@/, '');
    if (plain === '') continue;
    if (!plain.includes('*')) exact.set(plain, entry);
    else wild.push({ entry, parts: plain.split(/\*+/), whole: plain.includes('@') });
  }
  return {
    find(address) {
      const folded = address.trim().toLowerCase();
      if (folded === '') return undefined;
      const domain = folded.slice(folded.lastIndexOf('@') + 1);
      const found = exact.get(folded) ?? exact.get(domain);
      return found ?? wild.find(({ parts, whole }) => fits(whole ? folded : domain, parts))?.entry;
    },
  };
}

/** Each part in turn at its first place, which finds a fit if there is one: linear, whatever an entry or an address looks like. */
function fits(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
