import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type How,
  movePart,
  type Path,
  partAt,
  pointersOf,
  readGroup,
  rebuild,
  replacePart,
  rootGroup,
  writeGroup,
} from '../../../designer/conditions/groups.ts';
import { resolvePointer } from '../../../schemas/json-pointer.ts';
import type { Logic } from '../../../schemas/logic.ts';

const a: Logic = { var: 'a' };
const b: Logic = { var: 'b' };
const c: Logic = { if: [true, { and: [{ var: 'c' }] }] };

describe('a condition in groups', () => {
  it('is a group of one until there is a second, and is written without the group until then', () => {
    const two = rebuild(a, { insert: { group: [], index: 1, logic: b } });
    const one = rebuild(two, { remove: [0] });

    expect(rootGroup(a)).toEqual({ how: 'all', parts: [a] });
    expect(two).toEqual({ and: [a, b] });
    expect(one).toEqual({ and: [b] });
    expect(replacePart(a, [0], b)).toBe(b);
  });

  it.each<[How, Logic]>([
    ['all', { and: [a, b] }],
    ['any', { or: [a, b] }],
    ['none', { '!': [{ or: [a, b] }] }],
    ['not-all', { '!': [{ and: [a, b] }] }],
  ])('%s of its parts', (how, logic) => {
    expect(readGroup(logic)).toEqual({ how, parts: [a, b] });
    expect(writeGroup({ how, parts: [a, b] })).toEqual(logic);
  });

  it('moves a part into a group, and a group that is left empty goes', () => {
    const root: Logic = { and: [a, { or: [b] }, c] };

    expect(movePart(root, [0], { group: [1], index: 1 })).toEqual({ and: [{ or: [b, a] }, c] });
    expect(movePart(root, [1, 0], { group: [], index: 0 })).toEqual({ and: [b, a, c] });
    expect(movePart(root, [0], { group: [], index: 3 })).toEqual({ and: [{ or: [b] }, c, a] });
  });

  it('cannot be moved into itself', () => {
    const root: Logic = { and: [a, { or: [b] }] };

    expect(movePart(root, [1], { group: [1], index: 0 })).toBe(root);
  });

  it('knows where its parts stand in the document', () => {
    const shapes: Logic[] = [{ and: [a, b] }, { and: a }, { '!': { or: [a, b] } }, { '!': [{ and: [a, b] }] }];

    for (const logic of shapes) {
      expect(pointersOf(logic).map((pointer) => resolvePointer(logic, pointer))).toEqual(readGroup(logic)?.parts);
    }
  });
});

const { group: anyGroup } = fc.letrec<{ group: Logic; part: Logic }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 3 },
    fc.nat().map((id): Logic => ({ var: `v${id}` })),
    fc.constant(c),
    tie('group'),
  ),
  group: fc
    .tuple(fc.constantFrom<How>('all', 'any', 'none', 'not-all'), fc.array(tie('part'), { minLength: 1, maxLength: 3 }))
    .map(([how, parts]) => writeGroup({ how, parts })),
}));

function placesOf(root: Logic): { parts: Path[]; groups: Path[] } {
  const parts: Path[] = [];
  const groups: Path[] = [[]];
  const pending: Path[] = rootGroup(root).parts.map((_, index) => [index]);
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const at = path;
    parts.push(at);
    const group = readGroup(partAt(root, at) ?? null);
    if (group === null) continue;
    groups.push(at);
    pending.push(...group.parts.map((_, index) => [...at, index]));
  }
  return { parts, groups };
}

/** Everything that is no group, in no order. */
function leaves(root: Logic): string[] {
  return placesOf(root)
    .parts.flatMap((path) => {
      const part = partAt(root, path) ?? null;
      return readGroup(part) === null ? [JSON.stringify(part)] : [];
    })
    .sort();
}

describe('any condition', () => {
  it('loses and doubles nothing by moving', () => {
    fc.assert(
      fc.property(anyGroup, fc.nat(), fc.nat(), fc.nat(4), (root, from, to, index) => {
        const { parts, groups } = placesOf(root);
        const part = parts[from % parts.length];
        const group = groups[to % groups.length];
        if (part === undefined || group === undefined) return;

        const after = movePart(root, part, { group, index });

        expect(leaves(after)).toEqual(leaves(root));
      }),
    );
  });

  it('keeps what is not touched as the very same value', () => {
    fc.assert(
      fc.property(anyGroup, fc.nat(), (root, at) => {
        const { parts } = placesOf(root);
        const path = parts[at % parts.length] ?? [];
        const same = partAt(root, path) ?? null;

        const after = replacePart(root, path, a);

        expect(partAt(after, path)).toEqual(a);
        expect(replacePart(after, path, same)).toEqual(root);
        for (const other of parts) {
          const isBeside =
            !other.every((index, depth) => path[depth] === index) &&
            !path.every((index, depth) => other[depth] === index);
          if (isBeside) expect(partAt(after, other)).toBe(partAt(root, other));
        }
      }),
    );
  });
});
