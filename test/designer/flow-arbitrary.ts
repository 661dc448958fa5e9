import fc from 'fast-check';
import { newAction } from '../../designer/state/commands/new-action.ts';
import { type Action, type ActionType, actionTypes, outcomesOf } from '../../schemas/actions/index.ts';
import type { Flow } from '../../schemas/flow.ts';

const types = Object.keys(actionTypes) as ActionType[];

/** Flows of every shape that the editor can make: loops, islands, unconnected outcomes, any entry. */
export const anyFlow: fc.Arbitrary<Flow> = fc
  .array(
    fc.record({
      type: fc.constantFrom(...types),
      targets: fc.array(fc.option(fc.nat(), { nil: undefined }), { minLength: 3, maxLength: 3 }),
      x: fc.integer({ min: -5_000, max: 5_000 }),
      y: fc.integer({ min: -5_000, max: 5_000 }),
    }),
    { maxLength: 12 },
  )
  .map((parts) => {
    const ids = parts.map(({ type }, index) => `${type}-${index}`);
    const actions = parts.map(({ type, targets }): Action => {
      const action = newAction(type);
      const next = outcomesOf(action).flatMap((outcome, index): [string, string][] => {
        const target = targets[index];
        const id = target === undefined ? undefined : ids[target % ids.length];
        return id === undefined ? [] : [[outcome, id]];
      });
      return next.length === 0 ? action : { ...action, next: Object.fromEntries(next) };
    });
    return {
      id: 'generated',
      name: 'Generated',
      type: 'inbound-email',
      fallback: { queue: 'general' },
      entry: ids[0] ?? '',
      actions: Object.fromEntries(ids.map((id, index) => [id, actions[index]])) as Flow['actions'],
      layout: Object.fromEntries(ids.map((id, index) => [id, { x: parts[index]?.x ?? 0, y: parts[index]?.y ?? 0 }])),
    };
  });
