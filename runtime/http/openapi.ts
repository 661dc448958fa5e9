import { problemSchema } from '../../schemas/api/problem.ts';
import { emailSchema } from '../../schemas/email.ts';
import { flowSchema } from '../../schemas/flow.ts';
import { issueSchema } from '../../schemas/issue.ts';
import { runSchema } from '../../schemas/run.ts';
import type { Route } from './route.ts';
import { isMedia, successStatus } from './route.ts';

/** Schemas with a name of their own in the document; the rest stand where they are used. */
const named = new Map<unknown, string>([
  [emailSchema, 'Email'],
  [flowSchema, 'Flow'],
  [issueSchema, 'Issue'],
  [problemSchema, 'Problem'],
  [runSchema, 'Run'],
]);

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the route table. */
export function createOpenApi(routes: readonly Route[], version: string): Json {
  const schemas: Json = {};
  const describe = (schema: unknown) => toOpenApi(schema, schemas);
  for (const schema of named.keys()) describe(schema);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route, describe) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sluice',
      version,
      description:
        'Everything the designer does. Scripts send a bearer token; browsers hold a session cookie and send unsafe calls from the same origin only. Errors are application/problem+json with a stable code.',
    },
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'sluice_session' },
      },
    },
  };
}

function operationOf(route: Route, describe: (schema: unknown) => unknown): Json {
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const open = route.access === 'public';
  return {
    operationId: `${route.method}${route.path.replace(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: route.summary,
    tags: [route.path.split('/')[2] ?? 'api'],
    ...(open ? { security: [] } : { security: [{ bearer: [] }, { session: [] }], 'x-roles': route.access }),
    parameters: [...pathParameters(route, describe), ...queryParameters(route, describe)],
    ...requestBody(route, describe),
    responses: {
      [successStatus(route)]: success(route, describe),
      default: { description: 'What went wrong', content: problem },
    },
  };
}

function pathParameters(route: Route, describe: (schema: unknown) => unknown): Json[] {
  const properties = propertiesOf(route.params);
  return [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: describe(properties[name] ?? { type: 'string' }),
  }));
}

function queryParameters(route: Route, describe: (schema: unknown) => unknown): Json[] {
  const required: unknown = Reflect.get(Object(route.query), 'required');
  return Object.entries(propertiesOf(route.query)).map(([name, schema]) => ({
    name,
    in: 'query',
    required: Array.isArray(required) && required.includes(name),
    schema: describe(schema),
  }));
}

function requestBody({ body, rawBody }: Route, describe: (schema: unknown) => unknown): Json {
  if (body === undefined && rawBody === undefined) return {};
  const json = body === undefined ? {} : { 'application/json': { schema: describe(body) } };
  const raw = rawBody === undefined ? {} : { [rawBody.media]: { schema: { description: rawBody.description } } };
  const required = Reflect.get(Object(body), 'required');
  return { requestBody: { required: Array.isArray(required) && required.length > 0, content: { ...json, ...raw } } };
}

function success(route: Route, describe: (schema: unknown) => unknown): Json {
  const { response } = route;
  if (response === null) return { description: 'Done; nothing to say' };
  if (isMedia(response)) return { description: response.description, content: { [response.media]: {} } };
  return { description: 'Done', content: { 'application/json': { schema: describe(response) } } };
}

function propertiesOf(schema: unknown): Json {
  return { ...Object(Reflect.get(Object(schema), 'properties')) };
}

/**
 * A JSON Schema as it may stand in an OpenAPI document: named schemas and `$defs` move to the components, so that each `$ref` is a
 * path that tools resolve (schemas of ours refer to their `$defs` by `$id`, which few tools follow).
 */
function toOpenApi(schema: unknown, components: Json): unknown {
  if (Array.isArray(schema)) return schema.map((part) => toOpenApi(part, components));
  if (typeof schema !== 'object' || schema === null) return schema;
  const name = named.get(schema);
  if (name !== undefined) return refTo(name, components, () => convert(schema, components));
  for (const [key, definition] of Object.entries(Object(Reflect.get(schema, '$defs')))) {
    refTo(key, components, () => convert(Object(definition), components));
  }
  return convert(schema, components);
}

function refTo(name: string, components: Json, make: () => unknown): Json {
  if (!Object.hasOwn(components, name)) {
    // Taken before it is made, because a recursive schema meets itself inside.
    components[name] = {};
    components[name] = make();
  }
  return { $ref: `#/components/schemas/${name}` };
}

function convert(schema: object, components: Json): Json {
  const result: Json = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === '$defs' || key === '$id') continue;
    if (key === '$ref' && typeof value === 'string' && !value.startsWith('#'))
      result[key] = `#/components/schemas/${value}`;
    else result[key] = toOpenApi(value, components);
  }
  return result;
}
