import Type from 'typebox';
import { closed } from './closed.ts';

/** A letter first, then letters, digits, underscores: it must read as `flow.category` in a template and in JsonLogic. */
export const variableNamePattern = '^[A-Za-z][A-Za-z0-9_]{0,63}$';

/** How a value is written to a variable: `category` is the flow's, `task.category` the task's in which it is drawn. */
export const variableRefPattern = '^(task\\.)?[A-Za-z][A-Za-z0-9_]{0,63}$';

const taskPrefix = 'task.';

/** Where conditions and templates read what a reference names; the loop's own values are referred to by their paths. */
export function pathOfVariable(ref: string): string {
  return ref.startsWith(taskPrefix) || ref.startsWith('loop.') ? ref : `flow.${ref}`;
}

/** Which variable a reference means. */
export function readVariableRef(ref: string): { of: 'flow' | 'task'; name: string } {
  return ref.startsWith(taskPrefix) ? { of: 'task', name: ref.slice(taskPrefix.length) } : { of: 'flow', name: ref };
}

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
