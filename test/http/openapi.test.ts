import { afterAll, beforeAll, expect, test } from 'vitest';
import { routes } from '../../runtime/http/resources/index.ts';
import { resolvePointer } from '../../schemas/json-pointer.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeAll(async () => {
  http = await startHttp();
});
afterAll(() => http.stop());

test('the document has every route of the table and no other', async () => {
  const { json: document } = await http.browser().get('/api/openapi.json');

  const documented = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(Object(item)).map((method) => `${method} ${path}`),
  );

  const registered = routes.map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
  expect(documented.sort()).toEqual([...registered].sort());
  expect(new Set(registered).size).toBe(registered.length);
});

test('every reference of the document leads somewhere', async () => {
  const { json: document } = await http.browser().get('/api/openapi.json');

  const references = referencesIn(document);

  expect(references).toContain('#/components/schemas/Run');
  expect(references).toContain('#/components/schemas/ConditionTrace');
  const lost = references.filter((reference) => resolvePointer(document, reference.slice(1)) === undefined);
  expect(lost).toEqual([]);
});

test('operations are named once each, describe their path params, and say who may call them', async () => {
  const { json: document } = await http.browser().get('/api/openapi.json');
  // biome-ignore lint/suspicious/noExplicitAny: a JSON document read as such
  const operations: [string, any][] = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.values(Object(item)).map((operation): [string, unknown] => [path, operation]),
  );

  expect(document.openapi).toBe('3.1.0');
  expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
  for (const [path, operation] of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const described = operation.parameters.filter((parameter: { in: string }) => parameter.in === 'path');
    expect(described.map((parameter: { name: string }) => parameter.name)).toEqual(named);
    expect(operation.summary).not.toBe('');
    expect(operation.security.length === 0 || operation['x-roles'].length > 0).toBe(true);
    expect(operation.responses.default.content['application/problem+json']).toBeDefined();
  }
});

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' && typeof part === 'string' ? [part] : referencesIn(part),
  );
}
