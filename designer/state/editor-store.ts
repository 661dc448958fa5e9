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
  /** Earlier steps of undo were kept, but for another document. */
  isHistoryLost: boolean;
  /** Ids of selected actions, in the order of selection. */
  selection: readonly string[];
  selectedConnections: readonly OutcomeRef[];
  /** Ids of selected sticky notes. */
  selectedNotes: readonly string[];
  /** The card that the keyboard was on last, as the canvas names it: Tab comes back to it. */
  keyboard: string | null;
  focus: Focus | null;
  /** The sticky note that is being written. */
  writing: string | null;
  run(command: Command): void;
  /** Takes back the last steps, one unless said otherwise. */
  undo(steps?: number): void;
  redo(steps?: number): void;
  /** Takes up the steps of an earlier visit; `isLost` says that there were some which no longer fit the document. */
  continueFrom(earlier: History | null, isLost: boolean): void;
  select(actions: readonly string[], connections?: readonly OutcomeRef[], notes?: readonly string[]): void;
  /** Shows an action, of another tab if one is named; that tab is opened. */
  show(action: string, setting?: string, sheet?: SheetId): void;
  openSheet(sheet: SheetId): void;
  /** The keyboard came to a card. */
  keyboardAt(card: string): void;
  /** Begins to write a sticky note, or ends it. */
  write(note: string | null): void;
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
    const go = (
      history: History,
      wanted: SheetId,
      { select, selectNotes }: Pick<Command, 'select' | 'selectNotes'>,
    ) => {
      const sheet = findSheet(history.flow, wanted) === undefined ? mainSheet : wanted;
      const { actions, notes = {} } = findSheet(history.flow, sheet) ?? history.flow;
      const { sheet: former, selection, selectedConnections, selectedNotes } = get();
      const isSameSheet = sheet === former;
      set({
        history,
        sheet,
        selection: (select ?? (isSameSheet ? selection : [])).filter((id) => Object.hasOwn(actions, id)),
        selectedConnections: selectedConnections.filter(
          ({ action, outcome }) => isSameSheet && actions[action]?.next?.[outcome] !== undefined,
        ),
        selectedNotes: (selectNotes ?? (isSameSheet && select === undefined ? selectedNotes : [])).filter((id) =>
          Object.hasOwn(notes, id),
        ),
        ...(isSameSheet ? {} : { focus: null, writing: null }),
      });
    };
    return {
      history: openHistory(flow),
      sheet: mainSheet,
      isReadOnly,
      isHistoryLost: false,
      selection: [],
      selectedConnections: [],
      selectedNotes: [],
      keyboard: null,
      focus: null,
      writing: null,
      run: (command) => {
        if (get().isReadOnly) return;
        const history = execute(get().history, get().sheet, command, now());
        if (history !== get().history) go(history, history.past.at(-1)?.to ?? mainSheet, command);
      },
      undo: (steps = 1) => {
        const { history } = get();
        const edit = history.past.at(-Math.min(steps, history.past.length));
        if (edit !== undefined) go(repeat(steps, undo, history), edit.from, {});
      },
      redo: (steps = 1) => {
        const { history } = get();
        const edit = history.future[Math.min(steps, history.future.length) - 1];
        if (edit !== undefined) go(repeat(steps, redo, history), edit.to, {});
      },
      continueFrom: (earlier, isLost) => {
        const { history } = get();
        // What was drawn while the earlier steps were being read comes after them.
        const isTouched = history.past.length + history.future.length > 0;
        if (earlier !== null) {
          set({
            history: {
              flow: history.flow,
              past: [...earlier.past, ...history.past],
              future: isTouched ? history.future : earlier.future,
            },
          });
        }
        set({ isHistoryLost: isLost });
      },
      select: (actions, connections = [], notes = []) => {
        const { selection, selectedConnections, selectedNotes } = get();
        const isUnchanged =
          isSame(selection, actions, isEqual) &&
          isSame(selectedConnections, connections, isSameOutcome) &&
          isSame(selectedNotes, notes, isEqual);
        if (!isUnchanged) set({ selection: actions, selectedConnections: connections, selectedNotes: notes });
      },
      show: (action, setting, sheet = get().sheet) => {
        const drawn = findSheet(get().history.flow, sheet);
        if (drawn === undefined || !Object.hasOwn(drawn.actions, action)) return;
        shown += 1;
        set({
          sheet,
          selection: [action],
          selectedConnections: [],
          selectedNotes: [],
          focus: { action, setting, at: shown },
        });
      },
      openSheet: (sheet) => {
        if (sheet === get().sheet || findSheet(get().history.flow, sheet) === undefined) return;
        set({ sheet, selection: [], selectedConnections: [], selectedNotes: [], focus: null, writing: null });
      },
      keyboardAt: (card) => {
        if (get().keyboard !== card) set({ keyboard: card });
      },
      write: (note) => set({ writing: note }),
      reset: (document) =>
        set({
          history: openHistory(document),
          sheet: mainSheet,
          selection: [],
          selectedConnections: [],
          selectedNotes: [],
          focus: null,
          writing: null,
        }),
    };
  });
}

/** What is drawn on the open tab: what every command on a sheet is given. */
export function openedSheet({ history, sheet }: Pick<EditorState, 'history' | 'sheet'>): Sheet {
  return findSheet(history.flow, sheet) ?? history.flow;
}

function repeat(times: number, step: (history: History) => History, history: History): History {
  let after = history;
  for (let count = 0; count < times; count += 1) after = step(after);
  return after;
}

function isSame<T>(a: readonly T[], b: readonly T[], equal: (one: T, other: T) => boolean): boolean {
  return a.length === b.length && a.every((one, index) => equal(one, b[index] as T));
}

function isEqual(a: string, b: string): boolean {
  return a === b;
}

function isSameOutcome(a: OutcomeRef, b: OutcomeRef): boolean {
  return a.action === b.action && a.outcome === b.outcome;
}
