import { describe, expect, it } from 'vitest';
import { addAction, firstFreeOutcome } from '../../../designer/state/commands/add-action.ts';
import { changeSetting } from '../../../designer/state/commands/change-settings.ts';
import { changeVariables } from '../../../designer/state/commands/change-variables.ts';
import { connect, whyNotConnect } from '../../../designer/state/commands/connect.ts';
import { deleteActions } from '../../../designer/state/commands/delete-actions.ts';
import { disconnectOutcomes } from '../../../designer/state/commands/disconnect-outcome.ts';
import { insertOnConnection } from '../../../designer/state/commands/insert-on-connection.ts';
import { fragmentOf, pasteActions } from '../../../designer/state/commands/paste-actions.ts';
import { changeNote } from '../../../designer/state/commands/rename-action.ts';
import type { Flow } from '../../../schemas/flow.ts';

const flow: Flow = {
  id: 'mail',
  name: 'Mail',
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: 'ask',
  actions: {
    ask: {
      type: 'decision',
      name: 'Ask',
      settings: { condition: { var: 'email.isAutoReply' } },
      next: { yes: 'raise', no: 'end' },
    },
    raise: { type: 'set-priority', name: 'Raise', settings: { priority: 5 }, next: { done: 'end' } },
    end: { type: 'transfer-to-queue', name: 'End', settings: { queue: 'general' } },
  },
  layout: { ask: { x: 0, y: 0 }, raise: { x: 0, y: 200 }, end: { x: 0, y: 400 } },
};

const routed: Flow = {
  ...flow,
  actions: {
    ...flow.actions,
    route: {
      type: 'switch',
      name: 'Route',
      settings: {
        cases: [
          { outcome: 'billing', condition: true },
          { outcome: 'technical', condition: false },
        ],
      },
      next: { billing: 'raise', technical: 'end', default: 'end' },
    },
  },
};

describe('adding', () => {
  it('makes the first action of a flow its entry', () => {
    const empty: Flow = { ...flow, entry: '', actions: {}, layout: {} };

    const after = addAction(empty, { type: 'decision', position: { x: 1, y: 2 } }).apply(empty);

    expect(after.entry).toBe('decision');
    expect(after.layout?.decision).toEqual({ x: 1, y: 2 });
  });

  it('connects the outcome that it was asked to follow, under an id that is free', () => {
    const after = addAction(flow, {
      type: 'decision',
      position: { x: 0, y: 0 },
      from: { action: 'raise', outcome: 'done' },
    }).apply(flow);
    const again = addAction(after, { type: 'decision', position: { x: 0, y: 0 } }).apply(after);

    expect(after.actions.raise?.next).toEqual({ done: 'decision' });
    expect(Object.keys(again.actions)).toEqual(['ask', 'raise', 'end', 'decision', 'decision-2']);
  });

  it('knows the first outcome that is free', () => {
    const cut = disconnectOutcomes([{ action: 'ask', outcome: 'no' }]).apply(flow);

    expect(firstFreeOutcome(flow, 'ask')).toBeUndefined();
    expect(firstFreeOutcome(cut, 'ask')).toBe('no');
    expect(firstFreeOutcome(flow, 'end')).toBeUndefined();
  });

  it('goes in between: the new action leads to where the connection led', () => {
    const after = insertOnConnection(flow, {
      type: 'auto-response',
      from: { action: 'ask', outcome: 'no' },
      position: { x: 0, y: 0 },
    }).apply(flow);

    expect(after.actions.ask?.next?.no).toBe('auto-response');
    expect(after.actions['auto-response']?.next).toEqual({ done: 'end' });
  });
});

describe('deleting', () => {
  it('heals the chain around an action with one way on', () => {
    const after = deleteActions(['raise']).apply(flow);

    expect(after.actions.ask?.next).toEqual({ yes: 'end', no: 'end' });
    expect(after.layout).not.toHaveProperty('raise');
  });

  it('cuts the connections to an action with several ways on, or none', () => {
    const after = deleteActions(['end']).apply(flow);

    expect(after.actions.ask?.next).toEqual({ yes: 'raise' });
    expect(after.actions.raise).not.toHaveProperty('next');
  });

  it('moves the entry on, or leaves it empty', () => {
    const entryRaised: Flow = { ...flow, entry: 'raise' };

    expect(deleteActions(['raise']).apply(entryRaised).entry).toBe('end');
    expect(deleteActions(['ask']).apply(flow).entry).toBe('');
  });

  it('ends at a chain that only leads back into itself', () => {
    const loop: Flow = {
      ...flow,
      actions: {
        ...flow.actions,
        again: { type: 'set-priority', name: 'Again', settings: { priority: 1 }, next: { done: 'raise' } },
      },
    };
    const looped = connect({ action: 'raise', outcome: 'done', target: 'again' }).apply(loop);

    const after = deleteActions(['raise', 'again']).apply(looped);

    expect(after.actions.ask?.next).toEqual({ no: 'end' });
  });
});

describe('connecting', () => {
  it('replaces where the outcome led before', () => {
    const after = connect({ action: 'ask', outcome: 'yes', target: 'end' }).apply(flow);

    expect(after.actions.ask?.next).toEqual({ yes: 'end', no: 'end' });
  });

  it('says in a sentence why a connection is refused', () => {
    expect(whyNotConnect(flow, { action: 'ask', outcome: 'yes', target: 'ask' })).toMatch(/cannot lead to itself/);
    expect(whyNotConnect(flow, { action: 'end', outcome: 'done', target: 'ask' })).toMatch(/no outcome/);
    expect(whyNotConnect(flow, { action: 'ask', outcome: 'yes', target: 'end' })).toBeNull();
  });

  it('leaves no empty list of connections in the file', () => {
    const after = disconnectOutcomes([{ action: 'raise', outcome: 'done' }]).apply(flow);

    expect(after.actions.raise).not.toHaveProperty('next');
  });
});

describe('changing settings', () => {
  it('keeps the connection of an outcome that is renamed', () => {
    const cases = [
      { outcome: 'invoices', condition: true },
      { outcome: 'technical', condition: false },
    ];

    const after = changeSetting('route', 'cases', cases).apply(routed);

    expect(after.actions.route?.next).toEqual({ invoices: 'raise', technical: 'end', default: 'end' });
  });

  it('drops the connection of an outcome that is gone', () => {
    const after = changeSetting('route', 'cases', [{ outcome: 'technical', condition: false }]).apply(routed);

    expect(after.actions.route?.next).toEqual({ technical: 'end', default: 'end' });
  });

  it('keeps all connections when cases change places', () => {
    const cases = [
      { outcome: 'technical', condition: false },
      { outcome: 'billing', condition: true },
    ];

    const after = changeSetting('route', 'cases', cases).apply(routed);

    expect(after.actions.route?.next).toEqual({ billing: 'raise', technical: 'end', default: 'end' });
  });

  it('takes optional settings, notes and variables away without a trace', () => {
    const noted = changeNote('raise', 'why').apply(flow);
    const skilled = changeSetting('end', 'skills', ['french']).apply(flow);
    const varied = changeVariables([{ name: 'a', type: 'string' }]).applyToFlow(flow);

    expect(changeNote('raise', '').apply(noted)).toEqual(flow);
    expect(changeSetting('end', 'skills', undefined).apply(skilled)).toEqual(flow);
    expect(changeVariables([]).applyToFlow(varied)).toEqual(flow);
  });
});

describe('pasting', () => {
  it('copies the connections among the copied, and none to the others', () => {
    const fragment = fragmentOf(flow, ['ask', 'raise']);

    const after = pasteActions(flow, fragment, { x: 10, y: 20 }).apply(flow);

    expect(after.actions['ask-2']?.next).toEqual({ yes: 'raise-2' });
    expect(after.actions['raise-2']).not.toHaveProperty('next');
    expect(after.layout?.['raise-2']).toEqual({ x: 10, y: 220 });
    expect(after.entry).toBe('ask');
  });

  it('numbers copies of copies on, instead of piling up numbers', () => {
    const once = pasteActions(flow, fragmentOf(flow, ['raise']), { x: 0, y: 0 }).apply(flow);

    const twice = pasteActions(once, fragmentOf(once, ['raise-2']), { x: 0, y: 0 }).apply(once);

    expect(Object.keys(twice.actions)).toContain('raise-3');
  });
});
