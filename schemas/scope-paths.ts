import type Type from 'typebox';
import { emailSchema } from './email.ts';
import type { Flow } from './flow.ts';
import { nearestName } from './nearest-name.ts';
import type { SheetId } from './sheet.ts';
import type { Variable } from './variable.ts';

/** What a path of the scope holds: decides which operators and fields the condition builder offers. */
type ScopeKind = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'object' | 'any';

interface ScopePath {
  path: string;
  kind: ScopeKind;
}

/** The variables that a place in a flow sees beside the mail. */
export interface VisibleVariables {
  /** As `flow.*`. */
  flow: readonly Pick<Variable, 'name' | 'type'>[];
  /** As `task.*`: inputs and outputs of the task; undefined outside of one. */
  task?: readonly Pick<Variable, 'name' | 'type'>[] | undefined;
  /** True where a loop runs: `loop.item`, `loop.index`, `loop.count`. */
  loop?: boolean | undefined;
}

/** What a sheet of a flow sees, whatever loops run: of a module its inputs and outputs are variables of the flow. */
export function visibleIn(flow: Flow, sheet: SheetId): VisibleVariables {
  const { variables = [], inputs = [], outputs = [] } = flow;
  const task =
    sheet !== null && flow.tasks !== undefined && Object.hasOwn(flow.tasks, sheet) ? flow.tasks[sheet] : undefined;
  return {
    flow: [...variables, ...inputs, ...outputs],
    ...(task === undefined ? {} : { task: [...(task.inputs ?? []), ...(task.outputs ?? [])] }),
  };
}

/** The scope by shape. `any` has parts that nobody can know beforehand: headers, JSON from a service. */
type Shape =
  | { kind: Exclude<ScopeKind, 'list' | 'object'> }
  | { kind: 'list'; item: Shape }
  | { kind: 'object'; parts: ReadonlyMap<string, Shape> };

/** The paths that conditions and templates may read, most used first. */
export function scopePaths(visible: VisibleVariables): ScopePath[] {
  const paths: ScopePath[] = [];
  collect(scopeShape(visible), '', paths);
  return paths;
}

/** Null if the path may be read; otherwise the first part that does not exist, and what it was perhaps meant to be. */
export type PathChecker = (segments: readonly string[]) => { unknown: string; suggestion?: string } | null;

/** A checker for one flow: the shape is built once, each path then costs its own length. Templates know parts that rules do not. */
export function createPathChecker(visible: VisibleVariables, reader: 'rule' | 'template'): PathChecker {
  const root = scopeShape(visible);
  return (segments) => {
    let shape: Shape = root;
    for (const [index, segment] of segments.entries()) {
      const next = partOf(shape, segment, reader);
      if (next === 'unknowable') return null;
      if (next === undefined) {
        const before = segments.slice(0, index);
        const nearest = shape.kind === 'object' ? nearestName(segment, shape.parts.keys()) : undefined;
        return {
          unknown: [...before, segment].join('.'),
          ...(nearest === undefined ? {} : { suggestion: [...before, nearest].join('.') }),
        };
      }
      shape = next;
    }
    return null;
  };
}

const isIndex = (segment: string): boolean => /^\d+$/.test(segment);

function partOf(shape: Shape, segment: string, reader: 'rule' | 'template'): Shape | 'unknowable' | undefined {
  if (shape.kind === 'any') return 'unknowable';
  // Liquid counts and takes ends by these names; in a rule they would read as nothing.
  const isSize = segment === 'size' && reader === 'template';
  const isEnd = (segment === 'first' || segment === 'last') && reader === 'template';
  if (shape.kind === 'object') return shape.parts.get(segment) ?? (isSize ? number : undefined);
  if (shape.kind === 'list') {
    if (segment === 'length' || isSize) return number;
    return isIndex(segment) || isEnd ? shape.item : undefined;
  }
  if (shape.kind !== 'text') return undefined;
  if (segment === 'length' || isSize) return number;
  return isIndex(segment) ? text : undefined;
}

const text: Shape = { kind: 'text' };
const number: Shape = { kind: 'number' };
const date: Shape = { kind: 'date' };

const variableShapes: { readonly [T in Variable['type']]: Shape } = {
  string: text,
  number,
  boolean: { kind: 'boolean' },
  date,
  list: { kind: 'list', item: { kind: 'any' } },
  json: { kind: 'any' },
};

function object(parts: Record<string, Shape>): Shape {
  return { kind: 'object', parts: new Map(Object.entries(parts)) };
}

function variablesShape(variables: VisibleVariables['flow']): Shape {
  return { kind: 'object', parts: new Map(variables.map(({ name, type }) => [name, variableShapes[type]])) };
}

function scopeShape({ flow, task, loop = false }: VisibleVariables): Shape {
  const email = shapeOf(emailSchema);
  return object({
    email,
    flow: variablesShape(flow),
    ...(task === undefined ? {} : { task: variablesShape(task) }),
    ...(loop ? { loop: object({ item: { kind: 'any' }, index: number, count: number }) } : {}),
    interaction: object({ id: text, priority: number, receivedAt: date, email }),
    route: object({
      id: text,
      address: text,
      name: text,
      from: text,
      fromName: text,
      replyTo: text,
      signature: text,
    }),
    mailbox: object({ id: text, name: text, address: text }),
    system: object({ now: date }),
  });
}

/** The shape of a TypeBox schema; only the kinds that the email is made of. */
function shapeOf(schema: Type.TSchema): Shape {
  const type: unknown = Reflect.get(schema, 'type');
  const properties: unknown = Reflect.get(schema, 'properties');
  const alternatives: unknown = Reflect.get(schema, 'anyOf');
  if (Array.isArray(alternatives)) {
    const shapes = alternatives.filter(isSchema).map((each) => shapeOf(each));
    // The one text of an email that may be null is its date; a union of constants is a text.
    const isNullable = alternatives.some((each) => isSchema(each) && Reflect.get(each, 'type') === 'null');
    return isNullable && shapes[0]?.kind === 'text' ? date : (shapes[0] ?? { kind: 'any' });
  }
  if (type === 'object' && isSchema(properties)) {
    const parts = Object.entries(properties).map(([name, part]): [string, Shape] => [name, shapeOf(part)]);
    return { kind: 'object', parts: new Map(parts) };
  }
  if (type === 'array') {
    const items: unknown = Reflect.get(schema, 'items');
    return { kind: 'list', item: isSchema(items) ? shapeOf(items) : { kind: 'any' } };
  }
  if (type === 'string') return text;
  if (type === 'integer' || type === 'number') return number;
  return type === 'boolean' ? { kind: 'boolean' } : { kind: 'any' };
}

function isSchema(value: unknown): value is Record<string, Type.TSchema> {
  return typeof value === 'object' && value !== null;
}

function collect(shape: Shape, path: string, paths: ScopePath[]): void {
  if (path !== '' && shape.kind !== 'object') paths.push({ path, kind: shape.kind });
  // interaction.email is email under another name; offering every field twice would only confuse.
  if (shape.kind !== 'object' || path === 'interaction.email') return;
  for (const [name, part] of shape.parts) collect(part, path === '' ? name : `${path}.${name}`, paths);
}
