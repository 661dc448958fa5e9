import type { Authentication, AuthenticationEvidence, Email } from '../../schemas/email.ts';
import { isAligned } from './results.ts';

const methods = ['spf', 'dkim', 'dmarc'] as const;
/** Of each header; a mail may have been through many hands. */
const shownResults = 10;

/**
 * What trusted mail servers found out about the sender, from their Authentication-Results (RFC 8601); null where none of them wrote any. One of anybody
 * else may have been written by the sender.
 */
export function trustedResults(
  email: Pick<Email, 'headers' | 'from'>,
  trustedServers: readonly string[],
): Authentication | null {
  const trusted = new Set(trustedServers.map((name) => name.trim().toLowerCase()));
  const headers = Object.hasOwn(email.headers, 'authentication-results')
    ? (email.headers['authentication-results'] ?? [])
    : [];
  const written = headers.flatMap((value) => {
    const server = serverOf(value);
    return trusted.has(server) ? [{ server, results: resultsOf(value) }] : [];
  });
  const [first] = written;
  if (first === undefined) return null;
  const results = written.flatMap((each) => each.results).slice(0, shownResults);
  const { domain } = email.from;
  const resultOf = (method: string) => {
    const all = results.filter((each) => each.method === method).map(({ result }) => result);
    return all.includes('pass') ? 'pass' : (all[0] ?? 'none');
  };
  const [spf, dkim, dmarc] = [resultOf('spf'), resultOf('dkim'), resultOf('dmarc')];
  const isRefused = results.some(({ method, result, asks }) => method === 'dmarc' && result === 'fail' && asks);
  const isProved = results.some((each) => proves(each, domain));
  return {
    spf,
    dkim,
    dmarc,
    sender: isProved ? 'proved' : isRefused ? 'forged' : 'unproved',
    by: first.server,
    evidence: results.map(({ asks: _, ...each }) => each),
  };
}

interface Result extends AuthenticationEvidence {
  /** By DMARC: the domain asks to refuse such mail. */
  asks: boolean;
}

function proves({ method, result, domain: named }: Result, from: string): boolean {
  if (result !== 'pass' || from === '') return false;
  // A DMARC result without its domain can be of none but the mail's.
  return (method === 'dmarc' && named === '') || isAligned(named, from);
}

/** A version may follow the name: "mx.example.org 1". */
function serverOf(value: string): string {
  const [server = ''] = withoutComments(value).toLowerCase().split(';');
  return server.trim().split(/\s+/)[0] ?? '';
}

function resultsOf(value: string): Result[] {
  const [, ...parts] = splitOutsideComments(value.toLowerCase());
  return parts.flatMap((part): Result[] => {
    const bare = withoutComments(part);
    const [, name, result = ''] = /^\s*([a-z0-9-]+)(?:\s*\/\s*\d+)?\s*=\s*([a-z]+)/.exec(bare) ?? [];
    const method = methods.find((each) => each === name);
    if (method === undefined) return [];
    const domain = domainOf(bare, method);
    const asks = /\bp=(reject|quarantine)\b/.test(part) || /\bpolicy\.[a-z-]+\s*=\s*"?(reject|quarantine)/.test(bare);
    return [{ method, result, domain, reason: part.trim().replace(/\s+/g, ' ').slice(0, 200), asks }];
  });
}

const properties = {
  spf: ['smtp.mailfrom'],
  dkim: ['header.d', 'header.i'],
  dmarc: ['header.from'],
} as const;

function domainOf(result: string, method: keyof typeof properties): string {
  for (const property of properties[method]) {
    const found = new RegExp(`(?:^|\\s)${property.replace('.', '\\.')}\\s*=\\s*"?([^\\s"]+)`).exec(result)?.[1];
    if (found !== undefined) return found.slice(found.lastIndexOf('@') + 1).slice(0, 253);
  }
  return '';
}

/** Comments may hold anything, also `;` and words that look like results. */
function withoutComments(value: string): string {
  return walk(value, (character, depth) => (depth === 0 ? character : ''));
}

function splitOutsideComments(value: string): string[] {
  return walk(value, (character, depth) => (depth === 0 && character === ';' ? '\0' : character)).split('\0');
}

function walk(value: string, keep: (character: string, depth: number) => string): string {
  let depth = 0;
  let kept = '';
  for (const character of value.slice(0, 10_000)) {
    if (character === '(') depth += 1;
    kept += keep(character, depth);
    if (character === ')') depth = Math.max(0, depth - 1);
  }
  return kept;
}
