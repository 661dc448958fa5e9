import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import express from 'express';
import { UserError } from '../../schemas/errors.ts';
import type { Route } from './route.ts';

/** 1 MiB: settings and decisions are a few kB; routes that carry flows or mails say more. */
const defaultMaxBytes = 1_048_576;

/**
 * A reader of one route's body. It runs after access control, so that a stranger cannot make the server hold megabytes.
 * An absent body reads as `{}`, which the schema then judges. Compressed bodies are refused: nobody here needs them, and they unpack without bound.
 */
export function createBodyReader(route: Route): (request: Request, response: Response) => Promise<unknown> {
  const { body, rawBody } = route;
  if (body === undefined && rawBody === undefined) return async () => undefined;
  const limit = route.maxBytes ?? defaultMaxBytes;
  const json = express.json({ limit, inflate: false, type: () => true });
  const raw = express.raw({ limit: rawBody?.maxBytes ?? 0, inflate: false, type: () => true });
  const accepted = ['application/json', ...(rawBody === undefined ? [] : [rawBody.media])];
  return async (request, response) => {
    if (!hasBody(request)) return {};
    const media = request.is(accepted);
    if (typeof media !== 'string') {
      throw new UserError('unsupported-media-type', `Send the body as ${accepted.join(' or ')}.`, { status: 415 });
    }
    await run(media === rawBody?.media ? raw : json, request, response);
    return request.body;
  };
}

function hasBody(request: IncomingMessage): boolean {
  if (request.headers['transfer-encoding'] !== undefined) return true;
  return Number(request.headers['content-length'] ?? 0) > 0;
}

function run(reader: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    reader(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
}
