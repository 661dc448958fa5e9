import { createStore, type StoreApi } from 'zustand';
import type { Flow } from '../../schemas/flow.ts';
import { findSheet, mainSheet, type Sheet, type SheetId } from '../../schemas/sheet.ts';
import type { Command } from './commands/command.ts';
import type { OutcomeRef } from './commands/disconnect-outcome.ts';
import { execute, type History, openHistory, redo, undo } from './history.ts';

/** A wish to see an action: the canvas moves there, the inspector opens at the setting. `at` tells two equal wishes apart. */
interface Focus {
  action: string;
  setting?: string | undefined;
  at: number;
}

export interface EditorState {
  history: History;
  /** The tab that is open. Commands on a sheet apply to it; selection and focus are of its actions. */
  sheet: SheetId;
  isReadOnly: boolean;
  /** Ids of selected actions, in the order of selection. */
  selection: readonly string[];
  selectedConnections: readonly OutcomeRef[];
  focus: Focus | null;
  /** The action whose "connect outcome to…" menu is open. */
  connecting: string | null;
  run(command: Command): void;
  undo(): void;
  redo(): void;
  select(actions: readonly string[], connections?: readonly OutcomeRef[]): void;
  /** Shows an action, of another tab if one is named; that tab is opened. */
  show(action: string, setting?: string, sheet?: SheetId): void;
  openSheet(sheet: SheetId): void;
  openConnectMenu(action: string | null): void;
  /** Starts over with another document, without a history: the draft was discarded or loaded anew. */
  reset(flow: Flow): void;
}

export type EditorStore = StoreApi<EditorState>;

interface EditorOptions {
  isReadOnly?: boolean;
  now?: () => number;
}

/** The state of one open flow. Every edit goes through `run`, so every edit can be undone. */
export function createEditorStore(flow: Flow, { isReadOnly = false, now = Date.now }: EditorOptions = {}): EditorStore {
  let shown = 0;
  return createStore<EditorState>((set, get) => {
    const go = (history: History, wanted: SheetId, select: readonly string[] | undefined) => {
      const sheet = findSheet(history.flow, wanted) === undefined ? mainSheet : wanted;
      const { actions } = findSheet(history.flow, sheet) ?? history.flow;
      const { sheet: former, selection, selectedConnections } = get();
      const isSameSheet = sheet === former;
      set({
        history,
        sheet,
        selection: (select ?? (isSameSheet ? selection : [])).filter((id) => Object.hasOwn(actions, id)),
        selectedConnections: selectedConnections.filter(
          ({ action, outcome }) => isSameSheet && actions[action]?.next?.[outcome] !== undefined,
        ),
        ...(isSameSheet ? {} : { focus: null, connecting: null }),
      });
    };
    return {
      history: openHistory(flow),
      sheet: mainSheet,
      isReadOnly,
      selection: [],
      selectedConnections: [],
      focus: null,
      connecting: null,
      run: (command) => {
        if (get().isReadOnly) return;
        const history = execute(get().history, get().sheet, command, now());
        if (history !== get().history) go(history, history.past.at(-1)?.to ?? mainSheet, command.select);
      },
      undo: () => {
        const { history } = get();
        const edit = history.past.at(-1);
        if (edit !== undefined) go(undo(history), edit.from, undefined);
      },
      redo: () => {
        const { history } = get();
        const [edit] = history.future;
        if (edit !== undefined) go(redo(history), edit.to, undefined);
      },
      select: (actions, connections = []) => {
        const { selection, selectedConnections } = get();
        if (isSame(selection, actions, (a, b) => a === b) && isSame(selectedConnections, connections, isSameOutcome))
          return;
        set({ selection: actions, selectedConnections: connections });
      },
      show: (action, setting, sheet = get().sheet) => {
        const drawn = findSheet(get().history.flow, sheet);
        if (drawn === undefined || !Object.hasOwn(drawn.actions, action)) return;
        shown += 1;
        set({ sheet, selection: [action], selectedConnections: [], focus: { action, setting, at: shown } });
      },
      openSheet: (sheet) => {
        if (sheet === get().sheet || findSheet(get().history.flow, sheet) === undefined) return;
        set({ sheet, selection: [], selectedConnections: [], focus: null, connecting: null });
      },
      openConnectMenu: (action) => set({ connecting: action }),
      reset: (document) =>
        set({
          history: openHistory(document),
          sheet: mainSheet,
          selection: [],
          selectedConnections: [],
          focus: null,
          connecting: null,
        }),
    };
  });
}

/** What is drawn on the open tab: what every command on a sheet is given. */
export function openedSheet({ history, sheet }: Pick<EditorState, 'history' | 'sheet'>): Sheet {
  return findSheet(history.flow, sheet) ?? history.flow;
}

function isSame<T>(a: readonly T[], b: readonly T[], equal: (one: T, other: T) => boolean): boolean {
  return a.length === b.length && a.every((one, index) => equal(one, b[index] as T));
}

function isSameOutcome(a: OutcomeRef, b: OutcomeRef): boolean {
  return a.action === b.action && a.outcome === b.outcome;
}
