import { GraphError } from './graph-answer.ts';

/** What stands in an access token. `exp` in seconds; an app-only token has `roles`, a delegated one `scp`. */
export interface Claims {
  aud: string;
  exp: number;
  roles?: string[];
  scp?: string;
  /** Whose mailbox a delegated token opens. */
  upn?: string;
  tid?: string;
  appid?: string;
}

/** A token that reads like one of Microsoft's. Its signature is a word, since the emulator itself issued it. */
export function writeToken(claims: Claims): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'RS256' })}.${part(claims)}.emulated`;
}

function readToken(token: string): Claims | undefined {
  const [, middle, signature] = token.split('.');
  if (middle === undefined || signature !== 'emulated') return undefined;
  // Written by writeToken, which the signature says.
  return JSON.parse(Buffer.from(middle, 'base64url').toString()) as Claims;
}

export interface TokenCheck {
  audience: string;
  /** Milliseconds. */
  now(): number;
  /** Reads tokens of another issuer; undefined refuses. */
  introspect?: (token: string) => Promise<Claims | undefined>;
}

/** The claims of the caller, or the 401 that Graph documents. */
export async function admit(authorization: string | undefined, check: TokenCheck): Promise<Claims> {
  const refuse = (message: string) => new GraphError(401, 'InvalidAuthenticationToken', message);
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) throw refuse('Access token is empty.');
  const claims = check.introspect ? await check.introspect(token) : readToken(token);
  if (claims === undefined) throw refuse('IDX14100: JWT is not well formed.');
  if (claims.aud !== check.audience) throw refuse('Access token validation failure. Invalid audience.');
  if (claims.exp * 1_000 <= check.now()) {
    throw refuse('Lifetime validation failed, the token is expired.');
  }
  return claims;
}

/** Whether the token grants one of the permissions, of the application or of the person. */
export function grants({ roles = [], scp = '' }: Claims, permissions: readonly string[]): boolean {
  const granted = [...roles, ...scp.split(' ')];
  return permissions.some((permission) => granted.includes(permission));
}
