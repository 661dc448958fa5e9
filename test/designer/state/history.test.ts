import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeSetting } from '../../../designer/state/commands/change-settings.ts';
import { changeNote, renameAction } from '../../../designer/state/commands/rename-action.ts';
import { replaceType } from '../../../designer/state/commands/replace-type.ts';
import { setEntry } from '../../../designer/state/commands/set-entry.ts';
import { createEditorStore, type EditorStore, openedSheet } from '../../../designer/state/editor-store.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { mainSheet } from '../../../schemas/sheet.ts';
import { anyFlow } from '../flow-arbitrary.ts';
import { makers, notCommands, pick } from './any-command.ts';

const allMakers = Object.values(makers).flat();

/** One more than there are makers: the last number opens another tab. */
const anyEdit = fc.tuple(fc.nat(allMakers.length), fc.nat(50), fc.nat(50));
const anyEdits = fc.array(anyEdit, { maxLength: 25 });
const manyEdits = fc.array(anyEdit, { minLength: 200, maxLength: 200 });

function edit(store: EditorStore, maker: number, a: number, b: number): void {
  const { history, openSheet, run, sheet } = store.getState();
  const around = { flow: history.flow, open: sheet };
  const command = allMakers[maker]?.(openedSheet(store.getState()), a, b, around);
  if (command !== undefined) run(command);
  else openSheet(pick([mainSheet, ...Object.keys(history.flow.tasks ?? {})], a) ?? mainSheet);
}

describe('the undo stack', () => {
  it('is tried with every command that there is', async () => {
    const folder = resolve(import.meta.dirname, '../../../designer/state/commands');
    const files = await readdir(folder);

    const modules = await Promise.all(
      files.map((file): Promise<Record<string, unknown>> => import(pathToFileURL(join(folder, file)).href)),
    );

    const functions = modules.flatMap((module) =>
      Object.keys(module).filter((name) => typeof module[name] === 'function'),
    );
    expect(functions.filter((name) => !notCommands.has(name)).toSorted()).toEqual(Object.keys(makers).toSorted());
  });

  it('leads back to the very document, and forward again to what was drawn', () => {
    fc.assert(
      fc.property(
        anyFlow,
        fc.oneof({ weight: 9, arbitrary: anyEdits }, manyEdits),
        fc.nat(1_500),
        (flow, edits, pauseMs) => {
          let now = 0;
          const opened = structuredClone(flow);
          const store = createEditorStore(flow, { now: () => now });

          for (const [maker, a, b] of edits) {
            now += pauseMs;
            edit(store, maker, a, b);
          }
          const drawn = store.getState().history.flow;
          const count = store.getState().history.past.length;
          for (let step = 0; step < count; step += 1) store.getState().undo();

          expect(store.getState().history.flow).toBe(flow);
          expect(JSON.stringify(flow)).toBe(JSON.stringify(opened));

          for (let step = 0; step < count; step += 1) store.getState().redo();
          expect(store.getState().history.flow).toBe(drawn);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never leaves a connection to an action that is not there, nor selects one', () => {
    fc.assert(
      fc.property(anyFlow, anyEdits, (flow, edits) => {
        const store = createEditorStore(flow);

        for (const [maker, a, b] of edits) {
          edit(store, maker, a, b);
        }

        const { flow: drawn } = store.getState().history;
        for (const { actions, layout = {} } of [drawn, ...Object.values(drawn.tasks ?? {})]) {
          const targets = Object.values(actions).flatMap((action) => Object.values(action.next ?? {}));
          for (const id of [...targets, ...Object.keys(layout)]) expect(actions).toHaveProperty(id);
        }
        const opened = openedSheet(store.getState());
        for (const id of store.getState().selection) expect(opened.actions).toHaveProperty(id);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a burst of typing', () => {
  const flow: Flow = {
    id: 'mail',
    name: 'Mail',
    type: 'inbound-email',
    fallback: { queue: 'general' },
    entry: 'end',
    actions: { end: { type: 'disconnect', name: 'End', settings: {} } },
  };

  it('is one step, and a pause begins the next', () => {
    let now = 0;
    const store = createEditorStore(flow, { now: () => now });
    const type = (name: string, afterMs: number) => {
      now += afterMs;
      store.getState().run(renameAction('end', name));
    };

    type('S', 0);
    type('St', 200);
    type('Stop', 200);
    type('Stop it', 5_000);

    store.getState().undo();
    expect(store.getState().history.flow.actions.end?.name).toBe('Stop');
    store.getState().undo();
    expect(store.getState().history.flow).toBe(flow);
  });

  it('is not a condition whose rules are added and moved, however quickly', () => {
    const store = createEditorStore(flow, { now: () => 0 });
    store.getState().run(replaceType('end', 'decision'));
    const set = (condition: unknown) => store.getState().run(changeSetting('end', 'condition', condition));
    const rule = (text: string) => ({ contains: [{ var: 'email.subject' }, text] });
    const count = store.getState().history.past.length;

    set(rule('o'));
    set(rule('of'));
    set(rule('offer'));
    set({ and: [rule('offer'), rule('')] });
    set({ and: [rule('offer'), rule('deal')] });
    set({ and: [rule('deal'), rule('offer')] });

    const steps = store.getState().history.past.length - count;
    expect(steps).toBe(4);
    store.getState().undo();
    expect(store.getState().history.flow.actions.end?.settings).toEqual({
      condition: { and: [rule('offer'), rule('deal')] },
    });
  });

  it('does not swallow an edit of something else in between', () => {
    const store = createEditorStore(flow, { now: () => 0 });

    store.getState().run(renameAction('end', 'A'));
    store.getState().run(changeNote('end', 'B'));
    store.getState().run(renameAction('end', 'C'));

    expect(store.getState().history.past.map(({ label }) => label)).toEqual([
      'Rename action',
      'Change note',
      'Rename action',
    ]);
  });
});

it('records nothing for a command that changes nothing, and nothing at all in a flow that can only be read', () => {
  const flow: Flow = {
    id: 'mail',
    name: 'Mail',
    type: 'inbound-email',
    fallback: { queue: 'general' },
    entry: 'end',
    actions: { end: { type: 'disconnect', name: 'End', settings: {} } },
  };
  const store = createEditorStore(flow);
  const readOnly = createEditorStore(flow, { isReadOnly: true });

  store.getState().run(setEntry('end'));
  readOnly.getState().run(renameAction('end', 'Other'));

  expect(store.getState().history.past).toEqual([]);
  expect(readOnly.getState().history.flow).toBe(flow);
});

describe('undo across tabs', () => {
  const end = { type: 'disconnect', name: 'End', settings: {} } as const;
  const flow: Flow = {
    id: 'mail',
    name: 'Mail',
    type: 'inbound-email',
    fallback: { queue: 'general' },
    entry: 'end',
    actions: { end },
    tasks: { thank: { name: 'Thank', entry: 'end', actions: { end } } },
  };

  it('changes the sheet on which the edit was made, and shows it', () => {
    const store = createEditorStore(flow, { now: () => 0 });
    const { openSheet, run, undo, redo } = store.getState();
    openSheet('thank');
    run(renameAction('end', 'Done'));
    openSheet(null);

    // The same action id on another sheet, within the same moment: a burst of its own.
    run(renameAction('end', 'Stop'));
    expect(store.getState().history.past).toHaveLength(2);
    openSheet('thank');
    undo();
    expect(store.getState().sheet).toBe(null);
    undo();

    expect(store.getState().sheet).toBe('thank');
    expect(store.getState().history.flow).toBe(flow);
    openSheet(null);
    redo();
    expect(store.getState().sheet).toBe('thank');
    expect(store.getState().history.flow.tasks?.thank?.actions.end?.name).toBe('Done');
    expect(store.getState().history.flow.actions.end?.name).toBe('End');
  });
});
