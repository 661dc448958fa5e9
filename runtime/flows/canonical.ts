import { createHash } from 'node:crypto';
import { type Action, actionTypes, isActionType, outcomesOf } from '../../schemas/actions/index.ts';
import { flowSchema, taskSchema } from '../../schemas/flow.ts';

/**
 * The one text of a flow document: keys in the order in which the schema documents them, actions in order of appearance,
 * two spaces, a line break at the end. So a diff in git shows what a person changed and nothing else.
 * Takes any JSON value: a file that is not a flow yet has a canonical text, too.
 */
export function canonicalText(document: unknown): string {
  return `${JSON.stringify(ordered(document), null, 2)}\n`;
}

/** SHA-256, hex, of the canonical text: equal exactly where two documents mean the same. */
export function canonicalHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function ordered(document: unknown): unknown {
  if (!isObject(document)) return document;
  const flow = orderedSheet(bySchema(document, flowSchema));
  if (!isObject(flow) || !isObject(flow.tasks)) return flow;
  return { ...flow, tasks: mapValues(flow.tasks, (task) => orderedSheet(bySchema(task, taskSchema))) };
}

function orderedSheet(sheet: unknown): unknown {
  if (!isObject(sheet) || !isObject(sheet.actions)) return sheet;
  const actions = mapValues(sheet.actions, orderedAction);
  if (!isObject(sheet.layout)) return { ...sheet, actions };
  const layout = mapValues(inOrder(sheet.layout, Object.keys(actions)), (position) =>
    isObject(position) ? inOrder(position, ['x', 'y']) : position,
  );
  return { ...sheet, actions, layout };
}

function orderedAction(action: unknown): unknown {
  if (!isObject(action)) return action;
  const known = inOrder(action, ['type', 'name', 'note', 'settings', 'next']);
  if (typeof action.type !== 'string' || !isActionType(action.type)) return known;
  const settings = bySchema(action.settings, actionTypes[action.type].settings);
  if (!isObject(action.next)) return 'settings' in action ? { ...known, settings } : known;
  return { ...known, settings, next: inOrder(action.next, outcomes(action)) };
}

/** The outcomes as drawn; none where the settings are still too wrong to tell. */
function outcomes(action: Record<string, unknown>): readonly string[] {
  try {
    // The shape was not checked, which is why a failure is caught.
    return outcomesOf(action as unknown as Action);
  } catch {
    return [];
  }
}

/** Keys that the schema names come first and in its order; whatever it does not describe stays as it is. */
function bySchema(value: unknown, schema: unknown): unknown {
  if (!isObject(schema)) return value;
  const { items, properties } = schema;
  if (Array.isArray(value)) return value.map((item) => bySchema(item, items));
  if (!isObject(value) || !isObject(properties)) return value;
  const known = inOrder(value, Object.keys(properties));
  return mapValues(known, (item, key) => (Object.hasOwn(properties, key) ? bySchema(item, properties[key]) : item));
}

function inOrder(value: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const first = keys.filter((key) => Object.hasOwn(value, key));
  const named = new Set(first);
  const rest = Object.keys(value).filter((key) => !named.has(key));
  return Object.fromEntries([...first, ...rest].map((key) => [key, value[key]]));
}

function mapValues(value: Record<string, unknown>, change: (item: unknown, key: string) => unknown) {
  // fromEntries defines own properties, so that a key `__proto__` stays a key.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
