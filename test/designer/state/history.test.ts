import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchOf } from '../../../designer/graph/ways.ts';
import { addAction } from '../../../designer/state/commands/add-action.ts';
import { addTask } from '../../../designer/state/commands/add-task.ts';
import { alignActions, distributeActions, type Edge } from '../../../designer/state/commands/align-actions.ts';
import { arrangeSelected, autoLayout } from '../../../designer/state/commands/auto-layout.ts';
import { changeFlowSettings } from '../../../designer/state/commands/change-flow-settings.ts';
import { changeSetting } from '../../../designer/state/commands/change-settings.ts';
import { changeTaskSettings } from '../../../designer/state/commands/change-task.ts';
import { changeVariables } from '../../../designer/state/commands/change-variables.ts';
import type { Command } from '../../../designer/state/commands/command.ts';
import { connect } from '../../../designer/state/commands/connect.ts';
import { deleteActions } from '../../../designer/state/commands/delete-actions.ts';
import { deleteTask } from '../../../designer/state/commands/delete-task.ts';
import { disconnectOutcomes } from '../../../designer/state/commands/disconnect-outcome.ts';
import { extractTask } from '../../../designer/state/commands/extract-task.ts';
import {
  collapseGroup,
  groupActions,
  renameGroup,
  takeOutOfGroup,
  ungroup,
} from '../../../designer/state/commands/group-actions.ts';
import { insertOnConnection } from '../../../designer/state/commands/insert-on-connection.ts';
import { moveActions } from '../../../designer/state/commands/move-actions.ts';
import { moveDrawn } from '../../../designer/state/commands/move-drawn.ts';
import { fragmentOf, pasteActions } from '../../../designer/state/commands/paste-actions.ts';
import { changeNote, renameAction } from '../../../designer/state/commands/rename-action.ts';
import { renameTaskVariable } from '../../../designer/state/commands/rename-variable.ts';
import { replaceType } from '../../../designer/state/commands/replace-type.ts';
import { setEntry } from '../../../designer/state/commands/set-entry.ts';
import {
  addStickyNote,
  changeStickyNote,
  deleteStickyNotes,
  moveStickyNotes,
} from '../../../designer/state/commands/sticky-notes.ts';
import { createEditorStore, type EditorStore, openedSheet } from '../../../designer/state/editor-store.ts';
import { type ActionType, actionTypes, outcomesOf } from '../../../schemas/actions/index.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { mainSheet, type Sheet, type SheetId } from '../../../schemas/sheet.ts';
import { anyFlow } from '../flow-arbitrary.ts';

const types = Object.keys(actionTypes) as ActionType[];

/** A command out of two numbers, on whatever the flow holds by now. */
const makers: ((flow: Sheet, a: number, b: number) => Command)[] = [
  (flow, a, b) => addAction(flow, { type: pick(types, a) ?? 'decision', position: { x: a, y: b } }),
  (flow, a) =>
    insertOnConnection(flow, {
      type: pick(types, a) ?? 'decision',
      from: anyOutcome(flow, a),
      position: { x: 0, y: 0 },
    }),
  (flow, a) => deleteActions([anyId(flow, a)]),
  (flow, a, b) => deleteActions([anyId(flow, a), anyId(flow, b)]),
  (flow, a, b) => moveActions({ [anyId(flow, a)]: { x: a, y: b } }),
  (flow, a, b) =>
    moveDrawn({ actions: { [anyId(flow, a)]: { x: a, y: b } }, notes: { [anyNote(flow, b)]: { x: b, y: a } } }, 'move'),
  (flow, a, b) => connect({ ...anyOutcome(flow, a), target: anyId(flow, b) }),
  (flow, a) => disconnectOutcomes([anyOutcome(flow, a)]),
  (flow, a, b) => renameAction(anyId(flow, a), `name ${b}`),
  (flow, a, b) => changeNote(anyId(flow, a), b % 3 === 0 ? '' : `note ${b}`),
  (flow, a, b) => changeSetting(anyId(flow, a), 'priority', b % 4 === 0 ? undefined : b),
  (_flow, a) => changeFlowSettings({ name: `flow ${a}` }),
  (_flow, a) => changeVariables(a % 2 === 0 ? [] : [{ name: `v${a}`, type: 'string' }]),
  (flow, a) => setEntry(anyId(flow, a)),
  (flow, a, b) => pasteActions(flow, fragmentOf(flow, [anyId(flow, a), anyId(flow, b)]), { x: 30, y: 30 }),
  () => autoLayout(),
  (flow, a, b) => arrangeSelected([anyId(flow, a), anyId(flow, b), anyId(flow, a + b)]),
  (flow, a, b) => deleteActions([anyId(flow, a), anyId(flow, b)], { leavesGap: true }),
  (flow, a, b) => replaceType(anyId(flow, a), pick(types, b) ?? 'decision'),
  (flow, a, b) => alignActions([anyId(flow, a), anyId(flow, b)], pick(edges, a) ?? 'left'),
  (flow, a, b) =>
    distributeActions([anyId(flow, a), anyId(flow, b), anyId(flow, a + b)], a % 2 === 0 ? 'across' : 'down'),
  (flow, a, b) =>
    groupActions(flow, { ids: [...new Set([anyId(flow, a), anyId(flow, b)])], name: `G${a}`, collapsed: b % 2 === 0 }),
  (flow, a, b) => groupActions(flow, { ids: branchOf(flow, anyId(flow, a)), name: `Branch ${b}` }),
  (flow, a) => ungroup(anyGroup(flow, a)),
  (flow, a, b) => renameGroup(anyGroup(flow, a), `renamed ${b}`),
  (flow, a, b) => collapseGroup(anyGroup(flow, a), b % 2 === 0),
  (flow, a, b) => takeOutOfGroup([anyId(flow, a), anyId(flow, b)]),
  (flow, a, b) => addStickyNote(flow, { x: a, y: b }),
  (flow, a, b) => changeStickyNote(anyNote(flow, a), b % 2 === 0 ? { text: `${b}` } : { width: 100 + b }),
  (flow, a, b) => moveStickyNotes({ [anyNote(flow, a)]: { x: b, y: a } }),
  (flow, a) => deleteStickyNotes([anyNote(flow, a)]),
  (flow, a, b) =>
    pasteActions(flow, fragmentOf(flow, Object.keys(flow.actions).slice(0, a), [anyNote(flow, b)]), { x: 9, y: 9 }),
];
const edges: readonly Edge[] = ['left', 'centre', 'right', 'top', 'middle', 'bottom'];

const pick = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)];
const anyGroup = (flow: Sheet, at: number): string => pick(Object.keys(flow.groups ?? {}), at) ?? 'none';
const anyNote = (flow: Sheet, at: number): string => pick(Object.keys(flow.notes ?? {}), at) ?? 'none';
const anyId = (flow: Sheet, at: number): string => pick(Object.keys(flow.actions), at) ?? 'none';
function anyOutcome(flow: Sheet, at: number): { action: string; outcome: string } {
  const id = anyId(flow, at);
  const action = flow.actions[id];
  return { action: id, outcome: (action === undefined ? undefined : pick(outcomesOf(action), at)) ?? 'done' };
}

/** Commands on tasks: they look at the flow and at the tab that is open. */
const taskMakers: ((flow: Flow, open: SheetId, sheet: Sheet, a: number, b: number) => Command)[] = [
  (flow, _open, _sheet, a, b) => addTask(flow, { name: `T${a % 3}`, isShown: b % 2 === 0 }).command,
  (flow, _open, _sheet, a) => deleteTask(anyTask(flow, a)),
  (flow, open, sheet, a, b) => extractTask(flow, open, [anyId(sheet, a), anyId(sheet, b)], `Part ${a}`),
  (flow, _open, _sheet, a, b) =>
    changeTaskSettings(anyTask(flow, a), {
      name: `Task ${b}`,
      inputs: b % 2 === 0 ? [] : [{ name: 'in', type: 'string' }],
    }),
  (flow, _open, _sheet, a, b) =>
    renameTaskVariable(anyTask(flow, a), b % 2 === 0 ? 'in' : 'put', b % 2 === 0 ? 'put' : 'in'),
];
const anyTask = (flow: Flow, at: number): string => pick(Object.keys(flow.tasks ?? {}), at) ?? 'none';

/** One more than there are makers: the last number opens another tab. */
const anyEdit = fc.tuple(fc.nat(makers.length + taskMakers.length), fc.nat(50), fc.nat(50));
const anyEdits = fc.array(anyEdit, { maxLength: 25 });
const manyEdits = fc.array(anyEdit, { minLength: 200, maxLength: 200 });

function edit(store: EditorStore, maker: number, a: number, b: number): void {
  const { history, openSheet, run, sheet } = store.getState();
  const opened = openedSheet(store.getState());
  const command =
    makers[maker]?.(opened, a, b) ?? taskMakers[maker - makers.length]?.(history.flow, sheet, opened, a, b);
  if (command !== undefined) run(command);
  else openSheet(pick([mainSheet, ...Object.keys(history.flow.tasks ?? {})], a) ?? mainSheet);
}

describe('the undo stack', () => {
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
