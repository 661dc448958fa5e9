import { createStore, type StoreApi } from 'zustand';
import type { Flow } from '../../schemas/flow.ts';
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
  show(action: string, setting?: string): void;
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
    const go = (history: History, selection: readonly string[] = get().selection) => {
      const { actions } = history.flow;
      set({
        history,
        selection: selection.filter((id) => Object.hasOwn(actions, id)),
        selectedConnections: get().selectedConnections.filter(
          ({ action, outcome }) => actions[action]?.next?.[outcome] !== undefined,
        ),
      });
    };
    return {
      history: openHistory(flow),
      isReadOnly,
      selection: [],
      selectedConnections: [],
      focus: null,
      connecting: null,
      run: (command) => {
        if (get().isReadOnly) return;
        const history = execute(get().history, command, now());
        if (history !== get().history) go(history, command.select);
      },
      undo: () => go(undo(get().history)),
      redo: () => go(redo(get().history)),
      select: (actions, connections = []) => {
        const { selection, selectedConnections } = get();
        if (isSame(selection, actions, (a, b) => a === b) && isSame(selectedConnections, connections, isSameOutcome))
          return;
        set({ selection: actions, selectedConnections: connections });
      },
      show: (action, setting) => {
        if (!Object.hasOwn(get().history.flow.actions, action)) return;
        shown += 1;
        set({ selection: [action], selectedConnections: [], focus: { action, setting, at: shown } });
      },
      openConnectMenu: (action) => set({ connecting: action }),
      reset: (document) =>
        set({ history: openHistory(document), selection: [], selectedConnections: [], focus: null, connecting: null }),
    };
  });
}

function isSame<T>(a: readonly T[], b: readonly T[], equal: (one: T, other: T) => boolean): boolean {
  return a.length === b.length && a.every((one, index) => equal(one, b[index] as T));
}

function isSameOutcome(a: OutcomeRef, b: OutcomeRef): boolean {
  return a.action === b.action && a.outcome === b.outcome;
}
