import type { ErrorObject } from 'ajv';
import { actionTypes } from './actions/index.ts';
import { idPattern } from './ids.ts';
import type { Issue } from './issue.ts';
import { pointerSegments, resolvePointer, toPointer } from './json-pointer.ts';
import { didYouMean } from './nearest-name.ts';
import { patternWords } from './pattern-words.ts';

/** Nobody reads more, and a hostile document can make millions. */
const maxErrors = 1_000;

/**
 * What ajv found, as issues a person can act on: one per mistake, with the place, in the order of the document.
 * `schema` is the schema that was checked against: it knows the names that a misspelt one may have meant.
 */
export function shapeIssues(errors: readonly ErrorObject[], schema: object, document: unknown): Issue[] {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  for (const error of withoutConsequences(errors.slice(0, maxErrors))) {
    const issue = toIssue(error, schema, document);
    if (issue === null || seen.has(`${issue.path} ${issue.message}`)) continue;
    seen.add(`${issue.path} ${issue.message}`);
    issues.push(issue);
  }
  return issues;
}

/**
 * A value that fits no branch of a union fails in each of them, and in the union itself. If it is of the kind of one branch, what is
 * wrong inside that branch is the mistake; otherwise the union is, and what its branches say would only contradict each other.
 */
function withoutConsequences(errors: readonly ErrorObject[]): ErrorObject[] {
  const dropped = new Set<ErrorObject>();
  const joined = new Map<ErrorObject, ErrorObject>();
  for (const union of errors.filter(({ keyword }) => keyword === 'anyOf')) {
    const inside = errors.filter(
      (error) =>
        error.schemaPath.startsWith(`${union.schemaPath}/`) &&
        `${error.instancePath}/`.startsWith(`${union.instancePath}/`),
    );
    const branches = Object.values(Object.groupBy(inside, (error) => branchOf(error, union))).map((each = []) => each);
    const ofKind = branches.filter((branch) => !branch.some((error) => isOfAnotherKind(error, union)));
    const meant = ofKind.filter((branch) => !branch.some((error) => isOtherTag(error, union)));
    const least = Math.min(...meant.map(({ length }) => length));
    const kept = new Set(meant.filter(({ length }) => length === least).flat());
    if (meant.length === 0) {
      for (const [first, all] of joinTags(ofKind.flat().filter((error) => isOtherTag(error, union)))) {
        kept.add(first);
        joined.set(first, all);
      }
    }
    for (const error of inside) if (!kept.has(error)) dropped.add(error);
    if (ofKind.length > 0) dropped.add(union);
  }
  return errors.filter((error) => !dropped.has(error)).map((error) => joined.get(error) ?? error);
}

/** Number of the branch of the union that the error is in. */
function branchOf({ schemaPath }: ErrorObject, union: ErrorObject): string {
  return schemaPath.slice(union.schemaPath.length + 1).split('/', 1)[0] ?? '';
}

function isOfAnotherKind({ instancePath, keyword }: ErrorObject, union: ErrorObject): boolean {
  return instancePath === union.instancePath && (keyword === 'type' || keyword === 'const');
}

/** The value says by one of its properties that it means another branch. */
function isOtherTag({ schemaPath }: ErrorObject, union: ErrorObject): boolean {
  return /^\/\d+\/properties\/[^/]+\/const$/.test(schemaPath.slice(union.schemaPath.length));
}

/** A tag that no branch has is told once, with all that there are: of the errors about each tag the first, and what stands for all of them. */
function joinTags(errors: readonly ErrorObject[]): [ErrorObject, ErrorObject][] {
  return Object.values(Object.groupBy(errors, ({ instancePath }) => instancePath)).flatMap((same = []) => {
    const [first] = same;
    const allowedValues = same.map(({ params }) => params.allowedValue);
    return first === undefined ? [] : [[first, { ...first, keyword: 'enum', params: { allowedValues } }]];
  });
}

function toIssue(error: ErrorObject, schema: object, document: unknown): Issue | null {
  const { instancePath, keyword, params } = error;
  const at = pointerSegments(instancePath) ?? [];
  const make = (code: string, message: string, path = instancePath): Issue => {
    const segments = pointerSegments(path) ?? [];
    return { code, severity: 'error', path, message, ...placeOf(segments) };
  };
  const subject = at.length === 0 ? 'The document' : `"${at.at(-1)}"`;

  switch (keyword) {
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      const known = knownProperties(schemaOf(schema, at), error.schemaPath);
      const path = instancePath + toPointer(name);
      if (known.length === 0) return make('bad-name', badName(name), path);
      return make(
        'unknown-property',
        `There is no property "${name}" here${didYouMean(name, known) || `; there are ${known.map((each) => `"${each}"`).join(', ')}.`}`,
        path,
      );
    }
    case 'required':
      return make('missing-property', `The property "${params.missingProperty}" is missing.`);
    case 'discriminator':
      return unknownType(instancePath, document, typesOf(schemaOf(schema, at), error.schemaPath), make);
    case 'type':
      return make(
        'wrong-type',
        `${subject} must be ${article(String(params.type))}, not ${kindOf(document, instancePath)}.`,
      );
    case 'const':
      return make('wrong-value', `${subject} must be ${JSON.stringify(params.allowedValue)}.`);
    case 'enum': {
      const values = [...new Set<unknown>(params.allowedValues)].map((value) => JSON.stringify(value));
      return make('wrong-value', `${subject} must be ${values.join(' or ')}.`);
    }
    case 'anyOf':
      return make('wrong-value', `${subject} must be ${alternatives(error, schemaOf(schema, at))}.`);
    case 'not':
      return make('wrong-value', `${subject} must not be ${JSON.stringify(resolvePointer(document, instancePath))}.`);
    case 'pattern': {
      const words = patternWords[params.pattern] ?? `of the form ${params.pattern}`;
      return make('wrong-value', `${subject} must be ${words}.`);
    }
    case 'minLength':
    case 'minItems':
      if (params.limit === 1) return make('wrong-value', `${subject} must not be empty.`);
      return make('wrong-value', `${subject} must have at least ${countOf(keyword, params.limit)}.`);
    case 'maxLength':
    case 'maxItems':
      return make('wrong-value', `${subject} may have at most ${countOf(keyword, params.limit)}.`);
    case 'minimum':
      return make('wrong-value', `${subject} must be at least ${params.limit}.`);
    case 'maximum':
      return make('wrong-value', `${subject} must be at most ${params.limit}.`);
    case 'oneOf':
    case 'if':
      return null;
    default:
      return make('wrong-value', `${subject} ${error.message ?? 'is not as it must be'}.`);
  }
}

/** Which task and action a path leads into, of those there are. */
function placeOf(segments: readonly string[]): Pick<Issue, 'task' | 'action'> {
  const [root, id] = segments;
  if (root === 'tasks' && id !== undefined) return { task: id, ...placeOf(segments.slice(2)) };
  return root === 'actions' && id !== undefined ? { action: id } : {};
}

/**
 * The schema that an error's `schemaPath` is relative to. What is compiled once and used in several places is a root of its own: the way to
 * the value tells through which of them it was reached.
 */
function schemaOf(schema: object, at: readonly string[]): object {
  let root = schema;
  let here: unknown = schema;
  for (const segment of at) {
    if (typeof here !== 'object' || here === null) return root;
    const below: unknown = resolvePointer(here, toPointer('properties', segment));
    const patterns: unknown = Reflect.get(here, 'patternProperties');
    here = below ?? (typeof patterns === 'object' && patterns !== null ? Object.values(patterns)[0] : undefined);
    const reference: unknown = typeof here === 'object' && here !== null ? Reflect.get(here, '$ref') : undefined;
    if (typeof reference !== 'string') continue;
    here = resolvePointer(schema, reference.slice(1));
    if (typeof here === 'object' && here !== null) root = here;
  }
  return root;
}

function unknownType(
  instancePath: string,
  document: unknown,
  known: readonly string[],
  make: (code: string, message: string, path: string) => Issue,
): Issue | null {
  const type = resolvePointer(document, `${instancePath}/type`);
  // Its absence is already said.
  if (type === undefined) return null;
  const isOfAction = known.every((name) => Object.hasOwn(actionTypes, name));
  const list = known.map((name) => `"${name}"`).join(', ');
  const nearest = typeof type === 'string' ? didYouMean(type, known) : '';
  return make(
    isOfAction ? 'unknown-action-type' : 'wrong-value',
    `There is no ${isOfAction ? 'action ' : ''}type ${JSON.stringify(type)}${nearest || '.'} The types are ${list}.`,
    `${instancePath}/type`,
  );
}

/** The types that the union knows whose discriminator refused; those of actions where it does not show them. */
function typesOf(schema: object, schemaPath: string): string[] {
  const parent = decodeURIComponent(schemaPath.replace(/^#/, '')).replace(/\/discriminator$/, '');
  const branches = resolvePointer(schema, `${parent}/oneOf`);
  const types = Array.isArray(branches)
    ? branches.map((branch: unknown) => resolvePointer(branch, '/properties/type/const'))
    : [];
  const named = types.filter((type) => typeof type === 'string');
  return named.length > 0 ? named : Object.keys(actionTypes);
}

function countOf(keyword: string, limit: unknown): string {
  const noun = keyword.endsWith('Items') ? 'item' : 'character';
  return `${limit} ${noun}${limit === 1 ? '' : 's'}`;
}

function badName(name: string): string {
  return `"${name}" cannot be a name here: use ${patternWords[idPattern]}.`;
}

/** Names of the object schema whose `additionalProperties` refused; empty where only a pattern names them. */
function knownProperties(schema: object, schemaPath: string): string[] {
  const parent = decodeURIComponent(schemaPath.replace(/^#/, '')).replace(/\/additionalProperties$/, '');
  const properties = resolvePointer(schema, `${parent}/properties`);
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

function alternatives(error: ErrorObject, schema: object): string {
  const list = resolvePointer(schema, decodeURIComponent(error.schemaPath.replace(/^#/, '')));
  if (!Array.isArray(list)) return 'one of the allowed values';
  const words = list.map((each: unknown) => {
    if (typeof each !== 'object' || each === null) return '';
    return 'const' in each ? JSON.stringify(each.const) : article(String(Reflect.get(each, 'type')));
  });
  return [...new Set(words)].filter((each) => each !== '').join(' or ');
}

function article(type: string): string {
  if (type === 'null') return 'null';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function kindOf(document: unknown, pointer: string): string {
  const value = resolvePointer(document, pointer);
  if (value === null) return 'null';
  return article(Array.isArray(value) ? 'array' : typeof value);
}
