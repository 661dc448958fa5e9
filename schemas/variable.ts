import Type from 'typebox';
import { closed } from './closed.ts';

/** A letter first, then letters, digits, underscores: it must read as `flow.category` in a template and in JsonLogic. */
export const variableNamePattern = '^[A-Za-z][A-Za-z0-9_]{0,63}$';

const variableTypeSchema = Type.Union([
  Type.Literal('string'),
  Type.Literal('number'),
  Type.Literal('boolean'),
  Type.Literal('date'),
  Type.Literal('list'),
  Type.Literal('json'),
]);

export const variableSchema = closed({
  name: Type.String({ pattern: variableNamePattern }),
  type: variableTypeSchema,
  initial: Type.Optional(Type.Unknown({ description: 'Value at the start of a run; by default empty for its type' })),
  description: Type.Optional(Type.String({ maxLength: 500 })),
});

export type VariableType = Type.Static<typeof variableTypeSchema>;
export type Variable = Type.Static<typeof variableSchema>;
