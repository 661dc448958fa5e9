import Type from 'typebox';
import { closed } from '../closed.ts';
import { field } from '../logic.ts';
import { variableRefPattern } from '../variable.ts';

/** RFC 9110, 5.6.2: a token. */
export const headerNamePattern = "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$";

export const pointerPattern = '^(/.*)?$';

const headerSchema = closed({
  name: Type.String({ pattern: headerNamePattern, title: 'Name' }),
  value: Type.String({ maxLength: 8_000, title: 'Value', ...field('template') }),
});

const mappingSchema = closed({
  variable: Type.String({ pattern: variableRefPattern, title: 'Variable' }),
  pointer: Type.String({
    pattern: pointerPattern,
    maxLength: 500,
    title: 'JSON pointer',
    description: 'Such as /category; empty for the whole response',
  }),
});

/** One HTTP call whose JSON answer fills flow variables. */
export const dataAction = {
  type: 'data-action',
  title: 'Data action',
  description: 'Asks a web service and keeps parts of its answer in flow variables',
  settings: closed({
    method: Type.Union(
      [Type.Literal('GET'), Type.Literal('POST'), Type.Literal('PUT'), Type.Literal('PATCH'), Type.Literal('DELETE')],
      { title: 'Method' },
    ),
    url: Type.String({ minLength: 1, maxLength: 4_000, title: 'URL', ...field('template') }),
    headers: Type.Optional(Type.Array(headerSchema, { maxItems: 50, title: 'Headers', ...field('headers') })),
    body: Type.Optional(
      Type.Unknown({
        title: 'JSON body',
        description: 'JSON whose strings are templates, so that no value can break out of its place',
        ...field('json-template'),
      }),
    ),
    response: Type.Optional(
      Type.Array(mappingSchema, { maxItems: 50, title: 'Keep from the answer', ...field('response-mapping') }),
    ),
    timeoutMs: Type.Optional(
      // 30 s: a mail that waits longer for a service is better off in the timeout outcome.
      Type.Integer({ minimum: 100, maximum: 30_000, default: 5_000, title: 'Timeout (ms)' }),
    ),
  }),
  defaults: {
    method: 'POST',
    url: 'https://',
    body: { subject: '{{ email.subject }}', text: '{{ email.preview }}' },
    timeoutMs: 5_000,
  },
  outcomes: ['success', 'failure', 'timeout'],
} as const;
