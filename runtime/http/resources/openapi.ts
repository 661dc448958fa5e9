import Type from 'typebox';
import { createOpenApi } from '../openapi.ts';
import type { Route } from '../route.ts';
import { route } from '../route.ts';

/** The document describes this route too, so the list of routes is asked for when it is called. */
export function openApiRoutes(all: () => readonly Route[]): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/openapi.json',
      summary: 'This document',
      access: 'public',
      response: Type.Unsafe<Record<string, unknown>>(Type.Object({})),
      handler: ({ services }) => createOpenApi(all(), services.version),
    }),
  ];
}
