import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAction } from '../../../designer/state/commands/add-action.ts';
import { deleteActions } from '../../../designer/state/commands/delete-actions.ts';
import { groupActions } from '../../../designer/state/commands/group-actions.ts';
import { renameAction } from '../../../designer/state/commands/rename-action.ts';
import { createEditorStore, openedSheet } from '../../../designer/state/editor-store.ts';
import { packHistory, unpackHistory } from '../../../designer/state/kept-history.ts';
import { applyPatch, patchBetween } from '../../../designer/state/patch.ts';
import { anyFlow } from '../flow-arbitrary.ts';

/** Deletes, adds, renames and groups by turns, whatever is there, and goes some steps back. */
function edited(flow: Parameters<typeof createEditorStore>[0], edits: readonly number[], back: number) {
  const store = createEditorStore(flow, { now: () => 0 });
  for (const [index, at] of edits.entries()) {
    const sheet = openedSheet(store.getState());
    const ids = Object.keys(sheet.actions);
    const id = ids[at % Math.max(1, ids.length)] ?? 'none';
    const commands = [
      deleteActions([id]),
      addAction(sheet, { type: 'decision', position: { x: at, y: index } }),
      renameAction(id, `name ${index}`),
      groupActions(sheet, { ids: [id], name: `group ${index}` }),
    ];
    const command = commands[(at + index) % commands.length];
    if (command !== undefined) store.getState().run(command);
  }
  store.getState().undo(back);
  return store;
}

describe('a history that was kept', () => {
  it('leads from the same document to the same ones, key for key', () => {
    fc.assert(
      fc.property(anyFlow, fc.array(fc.nat(50), { maxLength: 15 }), fc.nat(5), (flow, edits, back) => {
        const store = edited(flow, edits, back);
        const { history } = store.getState();
        const kept = JSON.parse(JSON.stringify(packHistory(history)));
        const reopened = createEditorStore(structuredClone(history.flow));

        reopened.getState().continueFrom(unpackHistory(kept, reopened.getState().history.flow), false);

        expect(reopened.getState().history.past.length).toBe(history.past.length);
        reopened.getState().undo(99);
        store.getState().undo(99);
        expect(JSON.stringify(reopened.getState().history.flow)).toBe(JSON.stringify(store.getState().history.flow));
        reopened.getState().redo(99);
        store.getState().redo(99);
        expect(JSON.stringify(reopened.getState().history.flow)).toBe(JSON.stringify(store.getState().history.flow));
      }),
    );
  });

  it('is not taken up for another document', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const kept = packHistory(edited(flow, [1, 2, 3], 0).getState().history);

        expect(unpackHistory(kept, { ...flow, name: 'Another' })).toBeNull();
      }),
    );
  });
});

it('a patch turns any JSON into any other, and is small where they share much', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      expect(JSON.stringify(applyPatch(before, patchBetween(before, after)))).toBe(JSON.stringify(after));
    }),
    {
      examples: [
        [{ '': [] }, {}],
        [{ 'a\nb': 1 }, { a: 1, b: 1 }],
      ],
    },
  );
  const shared = { deep: { list: [1, 2, 3] } };
  expect(patchBetween({ shared, a: 1 }, { shared, a: 2 })).toEqual({ keys: { a: { value: 2 } } });
});
