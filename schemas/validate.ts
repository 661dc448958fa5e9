import { Ajv, type ErrorObject } from 'ajv';
import type Type from 'typebox';
import type { Issue } from './issue.ts';
import { fieldKeyword } from './logic.ts';
import { shapeIssues } from './shape-issues.ts';

export type Validated<T> = { ok: true; value: T } | { ok: false; issues: Issue[] };

/** What ajv compiled, at run time or ahead of it. */
interface Compiled<T> {
  (value: unknown): value is T;
  errors?: ErrorObject[] | null;
}

/**
 * A validator for one schema: make it once, beside the schema's only user, and call it often. Compiled at its first use, since ajv takes
 * milliseconds for each of some eighty schemas, and most starts never need most of them. Defaults are not filled in and nothing is coerced:
 * what is accepted is what was sent. Compiles JavaScript, so it is for the server; the browser uses what schemas/json/generate.ts compiled
 * ahead of time.
 */
export function createValidator<S extends Type.TSchema>(schema: S): (value: unknown) => Validated<Type.Static<S>> {
  let validate: ((value: unknown) => Validated<Type.Static<S>>) | undefined;
  return (value) => {
    validate ??= inWords(createAjv().compile<Type.Static<S>>(schema), schema);
    return validate(value);
  };
}

/** The same of what is compiled already. */
export function inWords<T>(validate: Compiled<T>, schema: Type.TSchema): (value: unknown) => Validated<T> {
  return (value) =>
    validate(value) ? { ok: true, value } : { ok: false, issues: shapeIssues(validate.errors ?? [], schema, value) };
}

/** All mistakes at once; `strict` refuses schemas that say something ajv would ignore. */
export function createAjv(code?: { source: true; esm: true; lines: boolean }): Ajv {
  return new Ajv({
    allErrors: true,
    discriminator: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    keywords: [fieldKeyword],
    // What is written once in a schema is compiled once, too.
    inlineRefs: false,
    ...(code === undefined ? {} : { code }),
  });
}
