import { describe, expect, it } from 'vitest';
import { cards, summaryOf } from '../../../designer/actions/index.ts';
import { newAction } from '../../../designer/state/commands/new-action.ts';
import { type ActionType, actionTypes } from '../../../schemas/actions/index.ts';
import { checkFlow } from '../../../schemas/check-flow.ts';

const types = Object.keys(actionTypes) as ActionType[];
const words = {
  queue: (id: string) => id,
  task: (id: string) => id,
  flow: (id: string) => id,
  list: (id: string) => id,
  schedule: (id: string) => id,
};

describe.each(types)('%s', (type) => {
  it('starts with defaults that its schema accepts', () => {
    const flow = {
      id: 'mail',
      name: 'Mail',
      type: 'inbound-email',
      fallback: { queue: 'general' },
      entry: 'it',
      actions: { it: newAction(type) },
    };

    expect(checkFlow(flow, {}).flow).not.toBeNull();
  });

  it('has a card that says what it does, also when its settings are in pieces', () => {
    expect(summaryOf(newAction(type), words)).toMatch(/\S/);
    // A draft can hold anything.
    expect(() => summaryOf({ type, settings: {} as never }, words)).not.toThrow();
    expect(cards[type].colour).toMatch(/^[a-z]+$/);
  });
});
