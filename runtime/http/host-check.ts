import type { RequestHandler } from 'express';
import { UserError } from '../../schemas/errors.ts';
import { isLoopback } from '../../schemas/loopback.ts';

/**
 * DNS rebinding: a page of another site lets its own name point to 127.0.0.1 and then calls this server as its own origin. The Host
 * header gives it away. Beyond loopback any name may be right, so there only the public address, where one is given, could be checked
 * and is not: proxies rewrite the header.
 */
export function createHostCheck(listensOn: string, publicUrl: string | undefined): RequestHandler {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  return (request, _response, next) => {
    const host = request.headers.host ?? '';
    const name = host.replace(/:\d*$/, '');
    if (!isLoopback(listensOn) || isLoopback(name) || host === publicHost) next();
    else
      next(new UserError('unknown-host', `This server does not answer to "${name.slice(0, 100)}".`, { status: 421 }));
  };
}
