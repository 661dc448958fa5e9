import type { Action } from '../../../schemas/actions/index.ts';
import type { Flow } from '../../../schemas/flow.ts';

/** About as wide as high: all of it fits on the canvas between the editor's panels. */
const perRow = 25;

/** A tree of decisions that ends in transfers, every action placed, so that opening it measures drawing and not arranging. */
export function bigFlow(id: string, count: number): Flow {
  const actions: Record<string, Action> = {};
  const layout: NonNullable<Flow['layout']> = {};
  for (let index = 0; index < count; index += 1) {
    const [yes, no] = [2 * index + 1, 2 * index + 2];
    actions[`a${index}`] =
      no < count
        ? {
            type: 'decision',
            name: `Question ${index}`,
            settings: { condition: { contains: [{ var: 'email.subject' }, `word ${index}`] } },
            next: { yes: `a${yes}`, no: `a${no}` },
          }
        : { type: 'transfer-to-queue', name: `Queue ${index}`, settings: { queue: 'general' } };
    layout[`a${index}`] = { x: (index % perRow) * 290, y: Math.floor(index / perRow) * 190 };
  }
  return {
    id,
    name: `Big ${count}`,
    type: 'inbound-email',
    fallback: { queue: 'general' },
    entry: 'a0',
    actions,
    layout,
  };
}
