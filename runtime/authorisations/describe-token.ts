/** What a token says about itself; all of it is somebody's claim, and good for words only. */
interface TokenClaims {
  aud?: unknown;
  scp?: unknown;
  roles?: unknown;
  exp?: unknown;
}

/**
 * What an access token says that may explain why a server refused it, as a sentence; empty where it is opaque, as Google's are. For diagnosis,
 * never for trust, and never the token itself.
 */
export function describeToken(token: string): string {
  const claims = readClaims(token);
  if (claims === null) return '';
  const parts: string[] = [];
  if (typeof claims.aud === 'string') parts.push(`is made for ${plain(claims.aud)}`);
  const rights = rightsOf(claims);
  if (rights !== '') parts.push(`allows ${plain(rights)}`);
  if (typeof claims.exp === 'number') parts.push(`ends at ${new Date(claims.exp * 1_000).toISOString()}`);
  return parts.length === 0 ? '' : `The token ${parts.join(', ')}.`;
}

function rightsOf({ scp, roles }: TokenClaims): string {
  if (typeof scp === 'string') return scp;
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string').join(' ') : '';
}

function readClaims(token: string): TokenClaims | null {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    // Every field is looked at before it is used.
    return typeof claims === 'object' && claims !== null ? (claims as TokenClaims) : null;
  } catch {
    return null;
  }
}

function plain(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
}
