import Type from 'typebox';

/**
 * A JsonLogic value as it stands in a flow file: a literal, a list, or an object with one operator.
 * Its inside is checked by the condition check, which can name the operator that is wrong; JSON Schema could only say "no branch matched".
 */
export const logicSchema = Type.Unsafe<Logic>({
  $comment: 'JsonLogic: a literal, a list, or {"operator": arguments}',
});

export type Logic = string | number | boolean | null | readonly Logic[] | { readonly [operator: string]: Logic };

/** How the inspector edits a setting; JSON Schema says what is allowed, this says which field to draw. */
export type FieldKind =
  | 'condition'
  | 'value'
  | 'template'
  | 'long-template'
  | 'html-template'
  | 'queue'
  | 'from-address'
  | 'skills'
  | 'cases'
  | 'assignments'
  | 'headers'
  | 'json-template'
  | 'response-mapping'
  | 'task'
  | 'module'
  | 'call-inputs'
  | 'call-outputs';

/** The kinds whose texts are Liquid templates. */
export function isTemplateKind(kind: FieldKind): boolean {
  return kind === 'template' || kind === 'long-template' || kind === 'html-template' || kind === 'json-template';
}

/** JSON Schema annotation read by the inspector; ajv is told to ignore it. */
export const fieldKeyword = 'x-field';

/** `{ 'x-field': kind }`, to spread into a schema's options. */
export function field(kind: FieldKind): { 'x-field': FieldKind } {
  return { [fieldKeyword]: kind };
}
