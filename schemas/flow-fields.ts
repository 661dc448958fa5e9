import type { Action } from './actions/index.ts';
import { actionTypes } from './actions/index.ts';
import type { FieldKind } from './logic.ts';
import { fieldKeyword } from './logic.ts';

type Segments = readonly (string | number)[];

/** One setting of an action that its schema gives a kind: a condition, a template, a queue. `at` leads to it from its sheet. */
export interface FlowField {
  kind: FieldKind;
  value: unknown;
  at: Segments;
}

/** The settings of an action by kind, found through its schema: a check that asks for conditions knows no action type. */
export function fieldsOf(id: string, action: Action): FlowField[] {
  const fields: FlowField[] = [];
  collect(actionTypes[action.type].settings, action.settings, ['actions', id, 'settings'], fields);
  return fields;
}

function collect(schema: unknown, value: unknown, at: Segments, fields: FlowField[]): void {
  if (typeof schema !== 'object' || schema === null || value === undefined) return;
  const kind: unknown = Reflect.get(schema, fieldKeyword);
  // The keyword is only ever written by field(), which takes a FieldKind.
  if (typeof kind === 'string') fields.push({ kind: kind as FieldKind, value, at });
  if (Array.isArray(value)) {
    const items: unknown = Reflect.get(schema, 'items');
    for (const [index, item] of value.entries()) collect(items, item, [...at, index], fields);
  } else if (typeof value === 'object' && value !== null) {
    const patterns: unknown = Reflect.get(schema, 'patternProperties');
    // A record of this project has one pattern, that of its keys.
    const [item] = typeof patterns === 'object' && patterns !== null ? Object.values(patterns) : [];
    if (item !== undefined)
      for (const [name, part] of Object.entries(value)) collect(item, part, [...at, name], fields);
    const properties: unknown = Reflect.get(schema, 'properties');
    if (typeof properties !== 'object' || properties === null) return;
    for (const name of Object.keys(properties)) {
      if (Object.hasOwn(value, name))
        collect(Reflect.get(properties, name), Reflect.get(value, name), [...at, name], fields);
    }
  }
}
