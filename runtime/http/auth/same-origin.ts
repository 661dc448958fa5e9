import type { IncomingMessage } from 'node:http';
import { UserError } from '../../../schemas/errors.ts';

const safeMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what another site made the browser send. Sec-Fetch-Site is the browser's own word and cannot be set by a page; older browsers send
 * Origin. A call with a cookie must show one of them; a call without may come from a script that sends neither, but if it says
 * that it comes from another site, it is refused too (nobody shall be logged in to an account that is not theirs).
 * Throws UserError `cross-site-request` (403).
 */
export function refuseCrossSite(request: IncomingMessage, withCookie: boolean, publicUrl: string | undefined): void {
  if (safeMethods.includes(request.method ?? '')) return;
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  if (
    site !== undefined
      ? site === 'same-origin' || site === 'none'
      : origin !== undefined && isOwn(origin, request, publicUrl)
  )
    return;
  if (site === undefined && origin === undefined && !withCookie) return;
  throw new UserError(
    'cross-site-request',
    'This request does not come from a page of this server. Scripts use a bearer token instead of the session cookie.',
    { status: 403 },
  );
}

function isOwn(origin: string, request: IncomingMessage, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  if (publicUrl !== undefined && new URL(publicUrl).origin === origin) return true;
  return new URL(origin).host === request.headers.host;
}
