import { branchOf } from '../../../designer/graph/ways.ts';
import { addAction } from '../../../designer/state/commands/add-action.ts';
import { addTask, duplicateTask } from '../../../designer/state/commands/add-task.ts';
import { alignActions, distributeActions, type Edge } from '../../../designer/state/commands/align-actions.ts';
import { arrangeSelected, autoLayout } from '../../../designer/state/commands/auto-layout.ts';
import { changeFlowSettings } from '../../../designer/state/commands/change-flow-settings.ts';
import { changeModuleVariables } from '../../../designer/state/commands/change-module.ts';
import { changeSetting } from '../../../designer/state/commands/change-settings.ts';
import { changeTaskSettings } from '../../../designer/state/commands/change-task.ts';
import { changeVariables } from '../../../designer/state/commands/change-variables.ts';
import { allOf, type Command } from '../../../designer/state/commands/command.ts';
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
import {
  renameModuleVariable,
  renameTaskVariable,
  renameVariable,
} from '../../../designer/state/commands/rename-variable.ts';
import { replaceFlow } from '../../../designer/state/commands/replace-flow.ts';
import { replaceType } from '../../../designer/state/commands/replace-type.ts';
import { setEntry } from '../../../designer/state/commands/set-entry.ts';
import {
  addStickyNote,
  changeStickyNote,
  deleteStickyNotes,
  moveStickyNotes,
} from '../../../designer/state/commands/sticky-notes.ts';
import { type ActionType, actionTypes, outcomesOf } from '../../../schemas/actions/index.ts';
import type { Flow, Task } from '../../../schemas/flow.ts';
import type { Sheet, SheetId } from '../../../schemas/sheet.ts';

/** A command out of two numbers, on whatever the open tab and its flow hold by now. */
type Maker = (sheet: Sheet, a: number, b: number, around: { flow: Flow; open: SheetId }) => Command;

/** What makes commands of each kind, by the name of the function. */
export const makers: Readonly<Record<string, readonly Maker[]>> = {
  addAction: [(flow, a, b) => addAction(flow, { type: pick(types, a) ?? 'decision', position: { x: a, y: b } })],
  addStickyNote: [(flow, a, b) => addStickyNote(flow, { x: a, y: b })],
  addTask: [(_sheet, a, b, { flow }) => addTask(flow, { name: `Task ${a}`, isShown: b % 2 === 0 }).command],
  alignActions: [(flow, a, b) => alignActions([anyId(flow, a), anyId(flow, b)], pick(edges, a) ?? 'left')],
  allOf: [
    (flow, a, b) => allOf('Several', [renameAction(anyId(flow, a), `also ${b}`), deleteActions([anyId(flow, b)])]),
  ],
  arrangeSelected: [(flow, a, b) => arrangeSelected([anyId(flow, a), anyId(flow, b), anyId(flow, a + b)])],
  autoLayout: [() => autoLayout()],
  changeFlowSettings: [(_flow, a) => changeFlowSettings({ name: `flow ${a}` })],
  changeNote: [(flow, a, b) => changeNote(anyId(flow, a), b % 3 === 0 ? '' : `note ${b}`)],
  changeSetting: [(flow, a, b) => changeSetting(anyId(flow, a), 'priority', b % 4 === 0 ? undefined : b)],
  changeStickyNote: [
    (flow, a, b) => changeStickyNote(anyNote(flow, a), b % 2 === 0 ? { text: `${b}` } : { width: 100 + b }),
  ],
  changeVariables: [(_flow, a) => changeVariables(a % 2 === 0 ? [] : [{ name: `v${a}`, type: 'string' }])],
  collapseGroup: [(flow, a, b) => collapseGroup(anyGroup(flow, a), b % 2 === 0)],
  connect: [(flow, a, b) => connect({ ...anyOutcome(flow, a), target: anyId(flow, b) })],
  deleteActions: [
    (flow, a) => deleteActions([anyId(flow, a)]),
    (flow, a, b) => deleteActions([anyId(flow, a), anyId(flow, b)]),
    (flow, a, b) => deleteActions([anyId(flow, a), anyId(flow, b)], { leavesGap: true }),
  ],
  deleteStickyNotes: [(flow, a) => deleteStickyNotes([anyNote(flow, a)])],
  deleteTask: [(_sheet, a, _b, { flow }) => deleteTask(anyTask(flow, a))],
  disconnectOutcomes: [(flow, a) => disconnectOutcomes([anyOutcome(flow, a)])],
  distributeActions: [
    (flow, a, b) =>
      distributeActions([anyId(flow, a), anyId(flow, b), anyId(flow, a + b)], a % 2 === 0 ? 'across' : 'down'),
  ],
  groupActions: [
    (flow, a, b) =>
      groupActions(flow, {
        ids: [...new Set([anyId(flow, a), anyId(flow, b)])],
        name: `G${a}`,
        collapsed: b % 2 === 0,
      }),
    (flow, a, b) => groupActions(flow, { ids: branchOf(flow, anyId(flow, a)), name: `Branch ${b}` }),
  ],
  insertOnConnection: [
    (flow, a) =>
      insertOnConnection(flow, {
        type: pick(types, a) ?? 'decision',
        from: anyOutcome(flow, a),
        position: { x: 0, y: 0 },
      }),
  ],
  moveActions: [(flow, a, b) => moveActions({ [anyId(flow, a)]: { x: a, y: b } })],
  moveDrawn: [
    (flow, a, b) =>
      moveDrawn(
        { actions: { [anyId(flow, a)]: { x: a, y: b } }, notes: { [anyNote(flow, b)]: { x: b, y: a } } },
        'move',
      ),
  ],
  moveStickyNotes: [(flow, a, b) => moveStickyNotes({ [anyNote(flow, a)]: { x: b, y: a } })],
  pasteActions: [
    (flow, a, b) => pasteActions(flow, fragmentOf(flow, [anyId(flow, a), anyId(flow, b)]), { x: 30, y: 30 }),
    (flow, a, b) =>
      pasteActions(flow, fragmentOf(flow, Object.keys(flow.actions).slice(0, a), [anyNote(flow, b)]), { x: 9, y: 9 }),
  ],
  renameAction: [(flow, a, b) => renameAction(anyId(flow, a), `name ${b}`)],
  renameGroup: [(flow, a, b) => renameGroup(anyGroup(flow, a), `renamed ${b}`)],
  extractTask: [
    (sheet, a, b, { flow, open }) => extractTask(flow, open, [anyId(sheet, a), anyId(sheet, b)], `Part ${a}`),
  ],
  duplicateTask: [
    (_sheet, a, _b, { flow }) => duplicateTask(flow, flow.tasks?.[anyTask(flow, a)] ?? emptyTask).command,
  ],
  changeTaskSettings: [
    (_sheet, a, b, { flow }) =>
      changeTaskSettings(anyTask(flow, a), {
        name: `Task ${b}`,
        inputs: b % 2 === 0 ? [] : [{ name: 'in', type: 'string' }],
      }),
  ],
  renameTaskVariable: [
    (_sheet, a, b, { flow }) =>
      renameTaskVariable(anyTask(flow, a), b % 2 === 0 ? 'in' : 'put', b % 2 === 0 ? 'put' : 'in'),
  ],
  changeModuleVariables: [
    (_sheet, a, b) =>
      changeModuleVariables({
        [a % 2 === 0 ? 'inputs' : 'outputs']: b % 3 === 0 ? [] : [{ name: `m${b}`, type: 'string' }],
      }),
  ],
  renameModuleVariable: [
    (_sheet, a, b, { flow }) => renameModuleVariable(pick(flow.inputs ?? [], a)?.name ?? 'none', `o${b}`),
  ],
  renameVariable: [
    (_sheet, a, b, { flow }) => renameVariable(pick(flow.variables ?? [], a)?.name ?? 'none', `renamed${b}`),
  ],
  replaceFlow: [
    (_sheet, a, _b, { flow }) =>
      replaceFlow({ ...flow, name: `Imported ${a}`, variables: [{ name: `w${a}`, type: 'string' }] }, 'Import'),
  ],
  replaceType: [(flow, a, b) => replaceType(anyId(flow, a), pick(types, b) ?? 'decision')],
  setEntry: [(flow, a) => setEntry(anyId(flow, a))],
  takeOutOfGroup: [(flow, a, b) => takeOutOfGroup([anyId(flow, a), anyId(flow, b)])],
  ungroup: [(flow, a) => ungroup(anyGroup(flow, a))],
};

/** What else the commands' files export. */
export const notCommands: ReadonlySet<string> = new Set([
  'callsOfTask',
  'changeTask',
  'firstFreeOutcome',
  'fragmentOf',
  'freeId',
  'freeTaskId',
  'freeTaskName',
  'joinGroupOf',
  'leaveGroups',
  'nameIn',
  'newAction',
  'whyNotConnect',
  'whyNotExtract',
  'withAction',
  'withNext',
]);

const types = Object.keys(actionTypes) as ActionType[];
const edges: readonly Edge[] = ['left', 'centre', 'right', 'top', 'middle', 'bottom'];

export const pick = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)];
const anyGroup = (flow: Sheet, at: number): string => pick(Object.keys(flow.groups ?? {}), at) ?? 'none';
const anyNote = (flow: Sheet, at: number): string => pick(Object.keys(flow.notes ?? {}), at) ?? 'none';
const anyId = (flow: Sheet, at: number): string => pick(Object.keys(flow.actions), at) ?? 'none';
function anyOutcome(flow: Sheet, at: number): { action: string; outcome: string } {
  const id = anyId(flow, at);
  const action = flow.actions[id];
  return { action: id, outcome: (action === undefined ? undefined : pick(outcomesOf(action), at)) ?? 'done' };
}
const emptyTask: Task = { name: 'Empty', entry: '', actions: {} };
const anyTask = (flow: Flow, at: number): string => pick(Object.keys(flow.tasks ?? {}), at) ?? 'none';
