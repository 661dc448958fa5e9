const cookieName = 'sluice_session';

/** The session's token from a Cookie header; undefined if it carries none. The first of several wins, as RFC 6265 orders the most exact first. */
export function readSessionCookie(header: string | undefined): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === cookieName && value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** A Set-Cookie value. Out of reach of scripts and of other sites' requests; Secure where the browser comes by https. */
export function sessionCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  return `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`;
}
