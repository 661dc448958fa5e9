const cookieName = 'sluice_session';

/** The session's token from a Cookie header; undefined if it carries none. The first of several wins, as RFC 6265 orders the most exact first. */
export function readSessionCookie(header: string | undefined): string | undefined {
  return readCookie(header, cookieName);
}

function readCookie(header: string | undefined, wanted: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === wanted && value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** Each sign-in has a cookie of its own, so that two windows do not end each other's. */
function signInCookieName(state: string): string {
  return `sluice_sign_in_${state.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 12)}`;
}

/** What shows that the browser which comes back from a provider is the one that went there. */
export function readSignInCookie(header: string | undefined, state: string): string | undefined {
  return readCookie(header, signInCookieName(state));
}

interface SignInCookie {
  state: string;
  /** Empty: the cookie is taken away. */
  value: string;
  path: string;
  secure: boolean;
}

/** A Set-Cookie value. Lax, and not Strict as the session's: the browser comes back from another site. */
export function signInCookie({ state, value, path, secure }: SignInCookie): string {
  const life = value === '' ? 0 : 600;
  return `${signInCookieName(state)}=${value}; Path=${path}; HttpOnly; SameSite=Lax; Max-Age=${life}${secure ? '; Secure' : ''}`;
}

/** A Set-Cookie value. Out of reach of scripts and of other sites' requests; Secure where the browser comes by https. */
export function sessionCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  return `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`;
}
