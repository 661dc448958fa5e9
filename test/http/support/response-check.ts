import { Ajv } from 'ajv';
import type { Answer } from './answer.ts';

/** Throws where an answer is not as the OpenAPI document says. */
export type ResponseCheck = (method: string, path: string, answer: Pick<Answer, 'status' | 'headers' | 'json'>) => void;

/** Reads the server's own document once and holds every JSON answer against it, errors included. */
export async function createResponseCheck(url: string): Promise<ResponseCheck> {
  const document = JSON.parse(await (await fetch(`${url}/api/openapi.json`)).text());
  const ajv = new Ajv({ strict: false, discriminator: true, allErrors: true });
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>();
  const templates = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));

  return (method, path, { status, headers, json }) => {
    const pathname = path.split('?', 1)[0] ?? '';
    const exact = templates.find((template) => template.path === pathname);
    const template = (exact ?? templates.find(({ pattern }) => pattern.test(pathname)))?.path;
    const operation = document.paths[template ?? '']?.[method.toLowerCase()];
    if (operation === undefined || json === undefined) return;
    const media = (headers['content-type'] ?? '').split(';', 1)[0] ?? '';
    const response = operation.responses[status] ?? operation.responses.default;
    const schema = response.content?.[media]?.schema;
    if (schema === undefined) throw new Error(`${method} ${path}: ${status} ${media} is not in the OpenAPI document.`);
    const key = `${method} ${template} ${status} ${media}`;
    const validate = compiled.get(key) ?? ajv.compile({ ...schema, components: document.components });
    compiled.set(key, validate);
    if (!validate(json)) throw new Error(`${key} is not as documented: ${ajv.errorsText(validate.errors)}`);
  };
}
