const ordinary = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** What a URL would take for something else than a part of a name. */
const foreign = /[\s/?#@:\\%[\]<>"'`^{|}*,;()\p{Cc}\p{Cf}]/u;

/**
 * A domain as the wire knows it: lower case, letters beyond ASCII as punycode, no dot at its end. Null for what is none.
 * All comparing is done on this form, so that a look-alike in another alphabet is another domain.
 */
export function asciiDomain(text: string): string | null {
  const plain = text.trim().toLowerCase().replace(/\.$/, '');
  if (ordinary.test(plain)) return isDomain(plain) ? plain : null;
  if (plain === '' || plain.length > 253 || foreign.test(plain)) return null;
  try {
    const { hostname } = new URL(`http://${plain}`);
    return ordinary.test(hostname) && isDomain(hostname) ? hostname : null;
  } catch {
    return null;
  }
}

/** Numbers only are an IP address, which nobody can own by DNS. */
function isDomain(name: string): boolean {
  return name.length <= 253 && !/(^|\.)\d+$/.test(name);
}
