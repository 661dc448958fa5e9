import type { ErrorObject } from 'ajv';
import { Ajv } from 'ajv';
import type Type from 'typebox';
import type { Issue } from './issue.ts';
import { fieldKeyword } from './logic.ts';

/** Either the value, known to have the schema's shape, or every way in which it has not. */
export type Validated<T> = { ok: true; value: T } | { ok: false; issues: Issue[] };

/**
 * Compiles a schema once, for server-side bodies and settings. (The browser uses validators compiled ahead of time, because ajv
 * compiles by evaluating code, which the page's CSP forbids.) Nothing is coerced and no default is filled in.
 */
export function createValidator<S extends Type.TSchema>(schema: S): (value: unknown) => Validated<Type.Static<S>> {
  const ajv = new Ajv({ allErrors: true, strict: false, discriminator: true, verbose: true, keywords: [fieldKeyword] });
  const validate = ajv.compile<Type.Static<S>>(schema);
  return (value) => {
    if (validate(value)) return { ok: true, value };
    return { ok: false, issues: (validate.errors ?? []).map(toIssue) };
  };
}

function toIssue(error: ErrorObject): Issue {
  return {
    code: `schema-${error.keyword.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    severity: 'error',
    path: error.instancePath,
    message: inWords(error),
  };
}

function inWords(error: ErrorObject): string {
  const params: Record<string, unknown> = error.params;
  switch (error.keyword) {
    case 'required':
      return `"${params.missingProperty}" is missing.`;
    case 'additionalProperties':
      return `"${params.additionalProperty}" is not known here.`;
    default:
      return `This ${error.message ?? 'is not valid'}.`;
  }
}
