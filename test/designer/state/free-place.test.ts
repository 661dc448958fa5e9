import { expect, it } from 'vitest';
import { cardSize } from '../../../designer/graph/card-size.ts';
import { addAction, firstFreeOutcome } from '../../../designer/state/commands/add-action.ts';
import { freePlace } from '../../../designer/state/free-place.ts';
import { outcomesOf } from '../../../schemas/actions/index.ts';
import type { Flow } from '../../../schemas/flow.ts';

it('never puts a new card onto another, however many follow the same one', () => {
  let flow: Flow = {
    id: 'mail',
    name: 'Mail',
    type: 'inbound-email',
    fallback: { queue: 'general' },
    entry: '',
    actions: {},
    layout: {},
  };
  const steps = ['data-action', 'switch', 'transfer-to-queue', 'disconnect', 'decision', 'data-action'] as const;

  for (const type of [...steps, ...steps]) {
    const after = Object.keys(flow.actions).find((id) => firstFreeOutcome(flow, id) !== undefined);
    const outcome = after === undefined ? undefined : firstFreeOutcome(flow, after);
    const from = after === undefined || outcome === undefined ? undefined : { action: after, outcome };
    flow = addAction(flow, { type, from, position: freePlace(flow, from, type) }).apply(flow);
  }

  const boxes = Object.entries(flow.actions).map(([id, action]) => ({
    ...cardSize(outcomesOf(action)),
    ...(flow.layout?.[id] ?? { x: Number.NaN, y: Number.NaN }),
  }));
  expect(boxes).toHaveLength(12);
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      const isApart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(isApart).toBe(true);
    }
  }
});
