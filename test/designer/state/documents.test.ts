import { describe, expect, it } from 'vitest';
import { copySelection, duplicateSelection, pasteText } from '../../../designer/state/clipboard.ts';
import { createEditorStore } from '../../../designer/state/editor-store.ts';
import { openDocument } from '../../../designer/state/open-document.ts';
import type { Flow } from '../../../schemas/flow.ts';

const flow: Flow = {
  id: 'mail',
  name: 'Mail',
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: 'raise',
  actions: {
    raise: { type: 'set-priority', name: 'Raise', settings: { priority: 5 }, next: { done: 'end' } },
    end: { type: 'transfer-to-queue', name: 'End', settings: { queue: 'general' } },
  },
  layout: { raise: { x: 0, y: 0 }, end: { x: 0, y: 200 } },
};

describe('opening a stored draft', () => {
  it('takes one whose settings are wrong: the checks say so', () => {
    const wrong = {
      ...flow,
      actions: { ...flow.actions, end: { type: 'transfer-to-queue', name: '', settings: { queue: 7 } } },
    };

    expect(openDocument(wrong)).toHaveProperty('flow');
  });

  it.each([
    [null],
    [[]],
    [{ ...flow, actions: [] }],
    [{ ...flow, actions: { a: null } }],
    [{ ...flow, actions: { a: { type: 'toString', name: 'A', settings: {} } } }],
    [{ ...flow, actions: { a: { type: 'switch', name: 'A', settings: {} } } }],
    [{ ...flow, actions: { a: { type: 'decision', name: 'A', settings: {}, next: { yes: 1 } } } }],
    [{ ...flow, layout: { end: { x: 'left', y: 0 } } }],
    [{ ...flow, variables: {} }],
  ])('says why it cannot draw %j', (document) => {
    expect(openDocument(document)).toEqual({ reason: expect.stringMatching(/\.$/) });
  });
});

describe('the clipboard', () => {
  it('carries actions into another flow', () => {
    const from = createEditorStore(flow);
    const into = createEditorStore({ ...flow, id: 'other', actions: {}, layout: {}, entry: '' });
    from.getState().select(['raise', 'end']);

    const text = copySelection(from) ?? '';
    const pasted = pasteText(into, text);

    expect(pasted).toBe('pasted');
    const { actions, entry } = into.getState().history.flow;
    expect(actions.raise?.next).toEqual({ done: 'end' });
    expect(entry).toBe('raise');
    expect(into.getState().selection).toEqual(['raise', 'end']);
  });

  it('leaves any other text alone, and actions of a kind that it does not know', () => {
    const store = createEditorStore(flow);

    expect(pasteText(store, 'hello')).toBeNull();
    expect(pasteText(store, '{"a":1}')).toBeNull();
    expect(pasteText(store, '{"sluice-actions":1,"actions":{"x":{"type":"evil","name":"","settings":{}}}}')).toBeNull();
    expect(store.getState().history.flow).toBe(flow);
  });

  it('never puts a duplicate exactly onto another card', () => {
    const store = createEditorStore(flow);
    for (let copy = 0; copy < 3; copy += 1) {
      store.getState().select(['end']);
      duplicateSelection(store);
    }

    const places = Object.values(store.getState().history.flow.layout ?? {}).map(({ x, y }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(places.length);
  });
});
