import { actionTypes, isActionType } from '../actions/index.ts';
import type { Flow } from '../flow.ts';
import { fieldKeyword } from '../logic.ts';
import { variableTypeWords } from '../wording/variable-types.ts';
import { actionAt, actionIn } from './compare-flows.ts';
import { isRecord } from './plan.ts';
import { valueWords } from './value-words.ts';

/** Names that a document does not hold itself. */
export interface Vocabulary {
  /** A condition or value as a sentence. */
  logic(rule: unknown): string;
  /** The name of a queue. */
  queue(id: string): string;
}

/** Where in a flow something is, and how its values are to be read. */
interface Place {
  /** "condition", "outcome yes", "fallback queue", "variable topic". */
  label: string;
  /** The value of one version in words; it is there. */
  words(value: unknown, flow: Flow): string;
}

/** What one part of a document is called, and what its values say. `flows` are the documents to look an action up in, the first that has it. */
export function placeOf(path: readonly string[], flows: readonly Flow[], vocabulary: Vocabulary): Place {
  const at = actionAt(path);
  if (at === null) return flowPlace(path, vocabulary);
  const action = flows.map((flow) => actionIn(flow, at.task, at.id)).find((found) => found !== undefined);
  const [part, key, item, field] = at.inside;
  if (part === undefined) return { label: 'action', words: (value) => actionWords(value) };
  if (part === 'next' && key !== undefined) {
    const words = (target: unknown, flow: Flow) => `leads to ${nameOf(flow, at.task, target)}`;
    return { label: `outcome ${key}`, words };
  }
  if (part !== 'settings' || key === undefined) return { label: part, words: (value) => valueWords(value) };
  const setting = settingSchema(action?.type, key);
  const titled = lower(titleOf(setting) ?? key);
  if (item === undefined) return { label: titled, words: (value) => wordsOf(setting, value, vocabulary) };
  const single = titled.replace(/s$/, '');
  const items: unknown = Reflect.get(Object(setting), 'items');
  if (field === undefined) return { label: `${single} ${item}`, words: (value) => wordsOf(items, value, vocabulary) };
  const inner = propertyOf(items, field);
  return {
    label: `${single} ${item}, ${lower(titleOf(inner) ?? field)}`,
    words: (value) => wordsOf(inner, value, vocabulary),
  };
}

function flowPlace(path: readonly string[], vocabulary: Vocabulary): Place {
  const inTask = path[0] === 'tasks' && path[1] !== undefined;
  const [part = '', key] = inTask ? path.slice(2) : path;
  const of = inTask ? `task ${path[1]}` : '';
  const label = (words: string) => (of === '' ? words : `${of}, ${words}`);
  if (inTask && part === '') return { label: of, words: (value) => taskWords(value) };
  if (part === 'entry')
    return { label: label('first action'), words: (id, flow) => nameOf(flow, inTask ? (path[1] ?? null) : null, id) };
  if (part === 'fallback' && key !== undefined) {
    const words = (value: unknown) =>
      key === 'queue' && typeof value === 'string' ? vocabulary.queue(value) : valueWords(value);
    return { label: label(`fallback ${key}`), words };
  }
  const single: Readonly<Record<string, string>> = { variables: 'variable', inputs: 'input', outputs: 'output' };
  if (key !== undefined && Object.hasOwn(single, part))
    return { label: label(`${single[part]} ${key}`), words: variableWords };
  return { label: label([part, key].filter(Boolean).join(' ')), words: (value) => valueWords(value) };
}

function wordsOf(schema: unknown, value: unknown, vocabulary: Vocabulary): string {
  const kind: unknown = Reflect.get(Object(schema), fieldKeyword);
  if (kind === 'condition' || kind === 'value') return vocabulary.logic(value);
  if (kind === 'queue' && typeof value === 'string') return vocabulary.queue(value);
  const properties = Reflect.get(Object(schema), 'properties');
  if (!isRecord(value) || !isRecord(properties)) return valueWords(value);
  const parts = Object.keys(properties).filter((key) => Object.hasOwn(value, key));
  return parts.map((key) => wordsOf(properties[key], value[key], vocabulary)).join(': ');
}

function settingSchema(type: unknown, key: string): unknown {
  return typeof type === 'string' && isActionType(type) ? propertyOf(actionTypes[type].settings, key) : undefined;
}

function propertyOf(schema: unknown, key: string): unknown {
  const properties: unknown = Reflect.get(Object(schema), 'properties');
  return isRecord(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
}

function titleOf(schema: unknown): string | undefined {
  const title: unknown = Reflect.get(Object(schema), 'title');
  return typeof title === 'string' ? title : undefined;
}

/** "Reply subject" → "reply subject", "URL" stays. */
function lower(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

function nameOf(flow: Flow, task: string | null, id: unknown): string {
  if (typeof id !== 'string' || id === '') return 'nothing';
  return `“${actionIn(flow, task, id)?.name || id}”`;
}

function actionWords(value: unknown): string {
  if (!isRecord(value)) return valueWords(value);
  const type =
    typeof value.type === 'string' && isActionType(value.type) ? actionTypes[value.type].title : String(value.type);
  return `${type} “${String(value.name)}”`;
}

function taskWords(value: unknown): string {
  const actions = isRecord(value) && isRecord(value.actions) ? Object.keys(value.actions).length : 0;
  const name = isRecord(value) ? String(value.name) : '';
  return `“${name}” with ${actions} ${actions === 1 ? 'action' : 'actions'}`;
}

function variableWords(value: unknown): string {
  if (!isRecord(value)) return valueWords(value);
  // A document that is compared may hold anything.
  const words: Readonly<Record<string, string>> = variableTypeWords;
  const type = words[String(value.type)] ?? String(value.type);
  return value.initial === undefined ? type : `${type}, at first ${valueWords(value.initial)}`;
}
