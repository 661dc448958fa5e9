import type Type from 'typebox';
import { UserError } from '../../schemas/errors.ts';
import { createValidator } from '../../schemas/validate.ts';

interface Refusal {
  code: string;
  message: string;
  status: number;
}

type Reader = (value: unknown) => unknown;

const asIs: Reader = (value) => value;

/** A reader of the query: numbers and booleans are read from their text, then the whole is checked. Throws UserError `invalid-query`. */
export function createQueryReader(schema: Type.TSchema | undefined): Reader {
  if (schema === undefined) return () => ({});
  const message = 'There is something wrong with the part of the address after "?".';
  return checked(schema, { code: 'invalid-query', message, status: 400 }, fromText(schema));
}

/** A reader of the path's params. Throws UserError `invalid-path`. */
export function createParamsReader(schema: Type.TSchema | undefined): Reader {
  if (schema === undefined) return (value) => ({ ...Object(value) });
  const message = 'There is something wrong with the address.';
  return checked(schema, { code: 'invalid-path', message, status: 400 }, fromText(schema));
}

/** A reader of a JSON body; bytes pass as they are, their route reads them. Throws UserError `invalid-body`. */
export function createBodyChecker(schema: Type.TSchema | undefined): Reader {
  if (schema === undefined) return asIs;
  const message = 'The body of this request is not as it should be.';
  const check = checked(schema, { code: 'invalid-body', message, status: 422 }, asIs);
  return (value) => (value instanceof Uint8Array ? value : check(value));
}

function checked(schema: Type.TSchema, refusal: Refusal, prepare: Reader): Reader {
  const validate = createValidator(schema);
  return (value) => {
    const result = validate(prepare(value));
    if (result.ok) return result.value;
    const list = result.issues.slice(0, 20).map((issue) => `${issue.path || '/'}: ${issue.message}`);
    throw new UserError(refusal.code, `${refusal.message} ${list.join(' ')}`, {
      status: refusal.status,
      data: { issues: result.issues },
    });
  };
}

function fromText(schema: Type.TSchema): Reader {
  const properties: unknown = Reflect.get(schema, 'properties');
  return (value) => {
    const result: Record<string, unknown> = { ...Object(value) };
    for (const [name, property] of Object.entries(Object(properties))) {
      const text = result[name];
      const type: unknown = Reflect.get(Object(property), 'type');
      if (typeof text !== 'string') continue;
      if ((type === 'integer' || type === 'number') && /^-?\d{1,15}(\.\d{1,15})?$/.test(text))
        result[name] = Number(text);
      if (type === 'boolean' && (text === 'true' || text === 'false')) result[name] = text === 'true';
    }
    return result;
  };
}
