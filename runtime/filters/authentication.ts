import type { Email } from '../../schemas/email.ts';

/**
 * Whether the sender's domain is proved, by the word of a server that is trusted: DMARC passed, or SPF or DKIM passed for the domain of the From
 * header. An Authentication-Results header (RFC 8601) of anybody else may have been written by the sender.
 */
export function isAuthenticated(email: Pick<Email, 'headers' | 'from'>, trustedServers: readonly string[]): boolean {
  const trusted = new Set(trustedServers.map((name) => name.trim().toLowerCase()));
  const headers = Object.hasOwn(email.headers, 'authentication-results')
    ? (email.headers['authentication-results'] ?? [])
    : [];
  return headers.some((value) => proves(withoutComments(value), trusted, email.from.domain));
}

function proves(value: string, trusted: ReadonlySet<string>, domain: string): boolean {
  const [server = '', ...results] = value.toLowerCase().split(';');
  // A version may follow the name: "mx.example.org 1".
  if (domain === '' || !trusted.has(server.trim().split(/\s+/)[0] ?? '')) return false;
  return results.some((result) => {
    const [, method, verdict] = /^\s*([a-z0-9-]+)\s*=\s*([a-z]+)/.exec(result) ?? [];
    if (verdict !== 'pass') return false;
    if (method === 'dmarc') return isFor(result, 'header.from', domain) || !/\bheader\.from\s*=/.test(result);
    if (method === 'spf') return isFor(result, 'smtp.mailfrom', domain);
    return method === 'dkim' && (isFor(result, 'header.d', domain) || isFor(result, 'header.i', domain));
  });
}

/** The property names the domain itself, or one above it (relaxed alignment), with at least one dot in it. */
function isFor(result: string, property: string, domain: string): boolean {
  const start = result.search(new RegExp(`(^|\\s)${property.replace('.', '\\.')}\\s*=`));
  if (start < 0) return false;
  const value = /=\s*"?([^\s"]+)/.exec(result.slice(start))?.[1] ?? '';
  const named = value.slice(value.lastIndexOf('@') + 1);
  return named.includes('.') && (named === domain || domain.endsWith(`.${named}`));
}

/** Comments may hold anything, also `;` and words that look like results. */
function withoutComments(value: string): string {
  let depth = 0;
  let kept = '';
  for (const character of value.slice(0, 10_000)) {
    if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += character;
  }
  return kept;
}
