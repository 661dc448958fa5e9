import fc from 'fast-check';
import { newAction } from '../../designer/state/commands/new-action.ts';
import { type Action, type ActionType, actionTypes, outcomesOf } from '../../schemas/actions/index.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Sheet } from '../../schemas/sheet.ts';

const types = Object.keys(actionTypes) as ActionType[];

/** Sheets of every shape that the editor can make: loops, islands, unconnected outcomes, any entry. */
const anySheet: fc.Arbitrary<Sheet> = fc
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
      entry: ids[0] ?? '',
      actions: Object.fromEntries(ids.map((id, index) => [id, actions[index]])) as Sheet['actions'],
      layout: Object.fromEntries(ids.map((id, index) => [id, { x: parts[index]?.x ?? 0, y: parts[index]?.y ?? 0 }])),
    };
  });

const taskIds = ['escalate', 'look-up', 'thank'];

export const anyFlow: fc.Arbitrary<Flow> = fc
  .tuple(anySheet, fc.uniqueArray(fc.tuple(fc.constantFrom(...taskIds), anySheet), { selector: ([id]) => id }))
  .map(([main, tasks]) => ({
    id: 'generated',
    name: 'Generated',
    type: 'inbound-email',
    fallback: { queue: 'general' },
    ...main,
    ...(tasks.length === 0
      ? {}
      : { tasks: Object.fromEntries(tasks.map(([id, sheet]) => [id, { name: id, ...sheet }])) }),
  }));
