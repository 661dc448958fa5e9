import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blocksOf } from '../../../designer/graph/blocks.ts';
import { layoutFlow, placeMissing } from '../../../designer/graph/layout-flow.ts';
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
          const isApart =
            a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          expect(isApart).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

it('places only what has no place yet', () => {
  const half: Flow = { ...decide, layout: { ask: { x: 7, y: 9 } } };

  const placed = placeMissing(half);

  expect(placed.layout?.ask).toEqual({ x: 7, y: 9 });
  expect(Object.keys(placed.layout ?? {}).toSorted()).toEqual(Object.keys(decide.actions).toSorted());
  expect(placeMissing(placed)).toBe(placed);
});
