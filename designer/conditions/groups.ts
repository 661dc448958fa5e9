import { toPointer } from '../../schemas/json-pointer.ts';
import type { Logic } from '../../schemas/logic.ts';
import { isList, readOperation } from '../../schemas/wording/logic-shape.ts';

/** How the parts of a group make one answer. */
export type How = 'all' | 'any' | 'none' | 'not-all';

interface Group {
  how: How;
  parts: readonly Logic[];
}

/** Places of parts from the outermost group inwards: `[1, 0]` is the first part of the second part. */
export type Path = readonly number[];

/** `and`, `or`, or one of them turned around; null for anything else. */
export function readGroup(logic: Logic): Group | null {
  const operation = readOperation(logic);
  const [inner] = operation?.operands ?? [];
  if (operation?.operator === '!' && operation.operands.length === 1 && inner !== undefined) {
    const group = readPlainGroup(inner);
    return group === null ? null : { how: group.how === 'all' ? 'not-all' : 'none', parts: group.parts };
  }
  return readPlainGroup(logic);
}

/** JSON pointers of the parts of a group within it: where the checks say that something is wrong. */
export function pointersOf(logic: Logic): string[] {
  if (typeof logic !== 'object' || logic === null || isList(logic)) return [];
  const [operator = ''] = Object.keys(logic);
  const given = logic[operator];
  if (given === undefined) return [];
  if (operator === '!') {
    const [inner, at] = isList(given) ? [given[0], toPointer('!', 0)] : [given, toPointer('!')];
    return inner === undefined ? [] : pointersOf(inner).map((pointer) => at + pointer);
  }
  return isList(given) ? given.map((_, index) => toPointer(operator, index)) : [toPointer(operator)];
}

function readPlainGroup(logic: Logic): Group | null {
  const operation = readOperation(logic);
  if (operation?.operator === 'and') return { how: 'all', parts: operation.operands };
  return operation?.operator === 'or' ? { how: 'any', parts: operation.operands } : null;
}

export function writeGroup({ how, parts }: Group): Logic {
  const plain = { [how === 'all' || how === 'not-all' ? 'and' : 'or']: [...parts] };
  return how === 'none' || how === 'not-all' ? { '!': [plain] } : plain;
}

/** The condition as a group: a single comparison is a group of one, which is written without the group. */
export function rootGroup(logic: Logic): Group {
  return readGroup(logic) ?? { how: 'all', parts: [logic] };
}

export interface Rebuild {
  remove?: Path;
  /** Before the part that now has this index; at the end if there is none. */
  insert?: { group: Path; index: number; logic: Logic };
}

/**
 * The condition with a part taken away, one put in, or one moved: both places are meant as they are before. What is not touched stays the
 * very same value; a group within that loses its last part goes with it.
 */
export function rebuild(root: Logic, change: Rebuild): Logic {
  const group = rootGroup(root);
  const parts = rebuiltParts(group.parts, [], change);
  const [only] = parts;
  if (readGroup(root) === null && parts.length === 1 && only !== undefined) return only;
  return writeGroup({ how: group.how, parts });
}

function rebuiltParts(parts: readonly Logic[], at: Path, change: Rebuild): Logic[] {
  const { remove, insert } = change;
  const result: Logic[] = [];
  const putIn = (index: number): void => {
    if (insert !== undefined && insert.index === index && isSame(insert.group, at)) result.push(insert.logic);
  };
  for (const [index, part] of parts.entries()) {
    putIn(index);
    const here = [...at, index];
    if (remove !== undefined && isSame(remove, here)) continue;
    const isAbove = [remove, insert?.group].some((path) => path !== undefined && startsWith(path, here));
    const group = isAbove ? readGroup(part) : null;
    if (group === null) {
      result.push(part);
      continue;
    }
    const inside = rebuiltParts(group.parts, here, change);
    if (inside.length > 0) result.push(writeGroup({ how: group.how, parts: inside }));
  }
  if (insert !== undefined && insert.index >= parts.length && isSame(insert.group, at)) result.push(insert.logic);
  return result;
}

/** Moves a part to the place before `index` of a group; the same condition where that is inside of the part itself. */
export function movePart(root: Logic, from: Path, to: { group: Path; index: number }): Logic {
  const logic = partAt(root, from);
  if (logic === undefined || startsWith(to.group, from)) return root;
  return rebuild(root, { remove: from, insert: { ...to, logic } });
}

export function partAt(root: Logic, path: Path): Logic | undefined {
  let parts = rootGroup(root).parts;
  let found: Logic | undefined;
  for (const [depth, index] of path.entries()) {
    found = parts[index];
    if (found === undefined) return undefined;
    if (depth < path.length - 1) parts = readGroup(found)?.parts ?? [];
  }
  return found;
}

/** The condition with another part in that place; an empty path means all of it. */
export function replacePart(root: Logic, path: Path, logic: Logic): Logic {
  const [index, ...below] = path;
  if (index === undefined) return logic;
  const group = rootGroup(root);
  const part = group.parts[index];
  if (part === undefined) return root;
  if (readGroup(root) === null) return below.length === 0 ? logic : replacePart(part, below, logic);
  return writeGroup({
    how: group.how,
    parts: group.parts.with(index, below.length === 0 ? logic : replacePart(part, below, logic)),
  });
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((index, depth) => path[depth] === index);
}

function isSame(a: Path, b: Path): boolean {
  return a.length === b.length && startsWith(a, b);
}
