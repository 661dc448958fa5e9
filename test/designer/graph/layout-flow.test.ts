import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blocksOf } from '../../../designer/graph/blocks.ts';
import { cardRect, frameAround, groupByAction, membersByGroup } from '../../../designer/graph/groups.ts';
import { layoutFlow, placeMissing } from '../../../designer/graph/layout-flow.ts';
import { areApart } from '../../../designer/graph/rect.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { anyFlow } from '../flow-arbitrary.ts';

const decide: Flow = {
  id: 'mail',
  name: 'Mail',
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: 'ask',
  actions: {
    ask: { type: 'decision', name: 'Ask', settings: { condition: true }, next: { yes: 'drop', no: 'again' } },
    drop: { type: 'disconnect', name: 'Drop', settings: {} },
    again: { type: 'decision', name: 'Again', settings: { condition: true }, next: { yes: 'one', no: 'two' } },
    one: { type: 'disconnect', name: 'One', settings: {} },
    two: { type: 'disconnect', name: 'Two', settings: {} },
  },
};

it('puts the entry at the origin, what follows below it, and yes left of no', () => {
  const places = layoutFlow(decide);

  expect(places.ask).toEqual({ x: 0, y: 0 });
  expect(places.drop?.y).toBeGreaterThan(0);
  expect(places.drop?.x).toBeLessThan(places.again?.x ?? 0);
  expect(places.one?.x).toBeLessThan(places.two?.x ?? 0);
});

it('gives the same flow the same places, and no two cards the same ground', () => {
  fc.assert(
    fc.property(anyFlow, (flow) => {
      const places = layoutFlow(flow);
      // What a collapsed group hides lies wherever it lay.
      const boxes = blocksOf({ ...flow, layout: places }).map(({ rect }) => rect);

      expect(layoutFlow(structuredClone(flow))).toEqual(places);
      for (const [index, a] of boxes.entries()) {
        for (const b of boxes.slice(index + 1)) {
          expect(areApart(a, b)).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

it('leaves nothing in the frame of a group that does not belong to it', () => {
  fc.assert(
    fc.property(anyFlow, (flow) => {
      const arranged = { ...flow, layout: layoutFlow(flow) };
      const groupOf = groupByAction(arranged);
      const open = [...membersByGroup(arranged)].filter(([group]) => flow.groups?.[group]?.collapsed !== true);

      for (const [group, members] of open) {
        const frame = frameAround(members.map((id) => cardRect(arranged, id)));
        const strangers = blocksOf(arranged).filter(({ actions }) => actions.every((id) => groupOf.get(id) !== group));
        // Places are whole pixels.
        const inner = { ...frame, width: frame.width - 1, height: frame.height - 1 };
        expect(strangers.filter(({ rect }) => !areApart(inner, rect)).map(({ id }) => id)).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});

it('puts what a group leads to below it, even if that leads back into the group', () => {
  const group = { name: 'Asking', actions: ['ask', 'one', 'two'] };

  const places = layoutFlow({ ...decide, groups: { asking: group } });

  expect(places.again?.y).toBeGreaterThan(Math.max(places.ask?.y ?? 0, places.one?.y ?? 0, places.two?.y ?? 0));
});

it('places only what has no place yet', () => {
  const half: Flow = { ...decide, layout: { ask: { x: 7, y: 9 } } };

  const placed = placeMissing(half);

  expect(placed.layout?.ask).toEqual({ x: 7, y: 9 });
  expect(Object.keys(placed.layout ?? {}).toSorted()).toEqual(Object.keys(decide.actions).toSorted());
  expect(placeMissing(placed)).toBe(placed);
});
