import type { Action } from './actions/index.ts';
import type { Flow, Task } from './flow.ts';
import type { FlowField } from './flow-fields.ts';
import { fieldsOf } from './flow-fields.ts';
import { isOperator, operatorOf } from './operators.ts';
import { mainSheet, type Sheet, withSheet } from './sheet.ts';
import { renameInTemplate } from './template-variables.ts';
import { pathOfVariable } from './variable.ts';

/** The flow with a variable of another name, in its declaration and wherever an action of the flow or of a task reads or writes it. */
export function renameVariable(flow: Flow, from: string, to: string): Flow {
  let renamed: Flow = flow.variables?.some(({ name }) => name === from)
    ? { ...flow, variables: flow.variables.map((each) => (each.name === from ? { ...each, name: to } : each)) }
    : flow;
  for (const id of [mainSheet, ...Object.keys(flow.tasks ?? {})]) {
    renamed = withSheet(renamed, id, (sheet) => renameInSheet(sheet, from, to));
  }
  return renamed;
}

/** The flow with an input or output of a task of another name: in its declaration, in the task, and in every call of it. */
export function renameTaskVariable(flow: Flow, task: string, from: string, to: string): Flow {
  const renamed = withSheet(flow, task, (sheet) => renameInSheet(sheet, `task.${from}`, `task.${to}`));
  const called = renamed.tasks?.[task];
  if (called === undefined) return flow;
  const declared = (list: Task['inputs']) => list?.map((each) => (each.name === from ? { ...each, name: to } : each));
  const { inputs, outputs } = called;
  let after: Flow = {
    ...renamed,
    tasks: {
      ...renamed.tasks,
      [task]: {
        ...called,
        ...(inputs === undefined ? {} : { inputs: declared(inputs) ?? [] }),
        ...(outputs === undefined ? {} : { outputs: declared(outputs) ?? [] }),
      },
    },
  };
  for (const id of [mainSheet, ...Object.keys(flow.tasks ?? {})]) {
    after = withSheet(after, id, (sheet) => renameInCalls(sheet, task, from, to));
  }
  return after;
}

function renameInCalls<S extends Sheet>(sheet: S, task: string, from: string, to: string): S {
  const actions = mapped(sheet.actions, (each) => {
    // The record holds actions; `mapped` walks any JSON.
    const action = each as Action;
    if (action.type !== 'call-task' || action.settings.task !== task) return action;
    const { inputs, outputs } = action.settings;
    const settings = {
      ...action.settings,
      ...(inputs === undefined ? {} : { inputs: withKey(inputs, from, to) }),
      ...(outputs === undefined ? {} : { outputs: mapped(outputs, (output) => (output === from ? to : output)) }),
    };
    return { ...action, settings };
  });
  return actions === sheet.actions ? sheet : { ...sheet, actions };
}

function withKey<T>(record: Readonly<Record<string, T>>, from: string, to: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key === from ? to : key, value]));
}

function renameInSheet<S extends Sheet>(sheet: S, from: string, to: string): S {
  let actions = sheet.actions;
  for (const [id, action] of Object.entries(sheet.actions)) {
    const changed = renameInAction(id, action, from, to);
    if (changed !== action) actions = { ...actions, [id]: changed };
  }
  return actions === sheet.actions ? sheet : { ...sheet, actions };
}

function renameInAction(id: string, action: Action, from: string, to: string): Action {
  let changed: unknown = action;
  for (const { kind, at } of fieldsOf(id, action)) {
    const [, , ...path] = at;
    changed = changeAt(changed, path, (value) => renameInField(kind, value, from, to));
  }
  // Names were replaced by names: the shape is what it was.
  return changed as Action;
}

function renameInField(kind: FlowField['kind'], value: unknown, from: string, to: string): unknown {
  switch (kind) {
    case 'condition':
    case 'value':
      return renameInLogic(value, pathOfVariable(from), pathOfVariable(to));
    case 'assignments':
    case 'response-mapping':
      return mapped(value, (entry) => {
        const isIt = typeof entry === 'object' && entry !== null && Reflect.get(entry, 'variable') === from;
        return isIt ? { ...entry, variable: to } : entry;
      });
    case 'call-outputs':
      return typeof value === 'object' && value !== null && Object.hasOwn(value, from)
        ? withKey({ ...value }, from, to)
        : value;
    case 'template':
    case 'long-template':
    case 'html-template':
    case 'json-template':
      return renameInTexts(value, from, to);
    default:
      return value;
  }
}

function renameInTexts(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') return renameInTemplate(value, from, to);
  return mapped(value, (part) => renameInTexts(part, from, to));
}

function renameInLogic(rule: unknown, from: string, to: string): unknown {
  if (Array.isArray(rule)) return mapped(rule, (part) => renameInLogic(part, from, to));
  if (typeof rule !== 'object' || rule === null) return rule;
  const [entry] = Object.entries(rule);
  if (entry === undefined) return rule;
  const [operator, given]: [string, unknown] = entry;
  if (operator === 'var' || operator === 'missing' || operator === 'missing_some') {
    return mapped(rule, (operands) => renameInPaths(operands, from, to));
  }
  const perItem = isOperator(operator) && operatorOf(operator).perItem === true;
  if (!perItem || !Array.isArray(given)) return mapped(rule, (operands) => renameInLogic(operands, from, to));
  // The second operand reads the item: what is called alike there is something else.
  const operands = given.map((part: unknown, index) => (index === 1 ? part : renameInLogic(part, from, to)));
  return operands.every((part, index) => part === given[index]) ? rule : { [operator]: operands };
}

function renameInPaths(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') {
    return value === from || value.startsWith(`${from}.`) ? to + value.slice(from.length) : value;
  }
  if (Array.isArray(value)) return mapped(value, (part) => renameInPaths(part, from, to));
  return renameInLogic(value, from, to);
}

/** A list or object with every part changed; the very same where none was. */
function mapped(value: unknown, change: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    const parts = value.map(change);
    return parts.every((part, index) => part === value[index]) ? value : parts;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]): [string, unknown] => [key, change(part)]);
  return entries.every(([key, part]) => part === Reflect.get(value, key)) ? value : Object.fromEntries(entries);
}

/** A copy with the part at a path changed, sharing all else; the same value where nothing was. */
function changeAt(value: unknown, path: readonly (string | number)[], change: (part: unknown) => unknown): unknown {
  const [key, ...below] = path;
  if (key === undefined) return change(value);
  if (typeof value !== 'object' || value === null) return value;
  return withPart(value, key, changeAt(Reflect.get(value, key), below, change));
}

function withPart(value: object, key: string | number, part: unknown): unknown {
  if (Reflect.get(value, key) === part) return value;
  if (Array.isArray(value)) return value.with(Number(key), part);
  return { ...value, [key]: part };
}
