import type { VariableType } from '../variable.ts';

/** What people read instead of the type's own name. */
export const variableTypeWords: Readonly<Record<VariableType, string>> = {
  string: 'text',
  number: 'number',
  boolean: 'yes or no',
  date: 'date',
  list: 'list',
  json: 'JSON',
};
