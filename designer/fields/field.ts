import type { ReactNode } from 'react';
import type { Issue } from '../../schemas/issue.ts';

/** One setting as the inspector edits it. `value` is what stands in the document, whatever its shape: a draft may be wrong. */
export interface FieldProps {
  id: string;
  label: string;
  description?: string | undefined;
  value: unknown;
  /** `undefined` takes an optional setting away. */
  onChange: (value: unknown) => void;
  isRequired: boolean;
  /** The setting's JSON Schema. */
  schema: object;
  /** JSON pointer of the setting in the document. */
  path: string;
  /** All settings of the action, for a field that depends on another. */
  settings?: Readonly<Record<string, unknown>>;
  /** Issues of this setting and of what is inside it. */
  issues: readonly Issue[];
}

export type Field = (props: FieldProps) => ReactNode;

/** What the schema says under a keyword; undefined if it says nothing. */
export function keywordOf(schema: FieldProps['schema'], keyword: string): unknown {
  return Reflect.get(schema, keyword);
}

/** A number out of the schema, such as `maximum`; undefined if there is none. */
export function numberIn(schema: FieldProps['schema'], keyword: string): number | undefined {
  const value = keywordOf(schema, keyword);
  return typeof value === 'number' ? value : undefined;
}
