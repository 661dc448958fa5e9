import type { Express, Request, Response } from 'express';
import { UserError } from '../../schemas/errors.ts';
import type { Auth } from './auth/auth.ts';
import type { Live } from './live.ts';
import { createBodyReader } from './read-body.ts';
import { createBodyChecker, createParamsReader, createQueryReader } from './read-input.ts';
import type { MediaReply, Route } from './route.ts';
import { isMedia, Reply, successStatus } from './route.ts';
import type { Services } from './services.ts';

interface House {
  services: Services;
  auth: Auth;
  live: Live;
  publicUrl?: string | undefined;
}

/** Registers every route of the table, and for each path the refusal of the methods it has not. */
export function registerRoutes(app: Express, routes: readonly Route[], house: House): void {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    app[route.method](route.path, createHandler(route, house));
    methods.set(route.path, [...(methods.get(route.path) ?? []), route.method.toUpperCase()]);
  }
  for (const [path, allowed] of methods) {
    const allow = allowed.includes('GET') ? [...allowed, 'HEAD'].join(', ') : allowed.join(', ');
    app.all(path, (request) => {
      const message = `${request.method} is not possible here; possible are ${allow}.`;
      throw new UserError('method-not-allowed', message, { status: 405, data: { allow } });
    });
  }
}

function createHandler(route: Route, house: House): (request: Request, response: Response) => Promise<void> {
  const readParams = createParamsReader(route.params);
  const readQuery = createQueryReader(route.query);
  const readBody = createBodyReader(route);
  const checkBody = createBodyChecker(route.body);
  return async (request, response) => {
    // Before the body is read and before the input is judged: a stranger learns nothing, not even what a route expects.
    const caller = await house.auth.admit(request, route.access);
    const params = readParams(request.params);
    const body = checkBody(await readBody(request, response));
    const address = request.socket.remoteAddress ?? '';
    const call = {
      ...house,
      params,
      query: readQuery(request.query),
      body,
      caller,
      client: { address, request },
      // Without a proxy there is no TLS; the Host header was checked where it could be.
      origin: (house.publicUrl ?? `http://${request.headers.host ?? 'localhost'}`).replace(/\/$/, ''),
    };
    const work = async () => route.handler(call);
    const { method, path, summary: what } = route;
    const deed = { by: caller, address, method, path, what, target: params, asked: body };
    const deedOf = (about: object) => ({ ...deed, target: { ...Object(params), ...about } });
    const told = route.about === undefined ? deed : (result: unknown) => deedOf(route.about?.(result) ?? {});
    const isChange = method !== 'get' && !route.isReading;
    const answer = isChange ? await house.services.audit.during(told, work) : await work();
    await send(route, answer, response);
  };
}

async function send(route: Route, answer: unknown, response: Response): Promise<void> {
  response.status(successStatus(route)).set('Cache-Control', 'no-store');
  // The type of `route()` binds the handler's return type to the response of its definition.
  if (isMedia(route.response)) return sendMedia(answer as MediaReply, response);
  if (answer instanceof Reply) response.set(answer.headers);
  if (route.response === null) response.end();
  else response.json(answer instanceof Reply ? answer.body : answer);
}

function sendMedia(reply: MediaReply, response: Response): void {
  response.set(reply.headers);
  // HEAD asks for the headers alone, and must not hold a stream open.
  if (response.req.method === 'HEAD') response.end();
  else if (typeof reply.content === 'function') reply.content(response);
  else response.end(reply.content);
}
