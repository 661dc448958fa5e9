import Type from 'typebox';
import { closed } from '../closed.ts';
import { field, logicSchema } from '../logic.ts';
import { variableRefPattern } from '../variable.ts';

const assignmentSchema = closed({
  variable: Type.String({ pattern: variableRefPattern, title: 'Variable' }),
  value: Type.Unsafe<Type.Static<typeof logicSchema>>({ ...logicSchema, title: 'Value', ...field('value') }),
});

/** Assigns flow variables, in order: a later assignment sees the earlier ones. */
export const updateData = {
  type: 'update-data',
  title: 'Update data',
  description: 'Gives flow variables new values',
  settings: closed({
    assignments: Type.Array(assignmentSchema, {
      minItems: 1,
      maxItems: 100,
      title: 'Assignments',
      ...field('assignments'),
    }),
  }),
  defaults: { assignments: [{ variable: 'category', value: '' }] },
  outcomes: ['done'],
} as const;
