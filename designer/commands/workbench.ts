import { createStore, type StoreApi } from 'zustand';
import type { Position } from '../../schemas/drawing.ts';
import type { Choice } from './choice.ts';

/** Parts of the editor that come and go beside the canvas. */
type PanelName = 'try' | 'problems' | 'cases' | 'find' | 'traffic';

/** They share the place below the canvas: opening one closes the other. */
const below: ReadonlySet<PanelName> = new Set<PanelName>(['problems', 'cases']);

export type DialogName = 'commands' | 'shortcuts' | 'publish' | 'merge' | 'merge-to-publish' | 'import';

interface WorkbenchState {
  panels: ReadonlySet<PanelName>;
  dialog: DialogName | null;
  /** The flow file that is looked at, to be imported. */
  file: File | null;
  /** The list that waits for somebody to choose from it. */
  choice: { choice: Choice; resolve: (id: string | null) => void } | null;
  /** Where on the canvas a menu was opened: what it adds comes there. */
  place: Position | null;
  /** Counts the steps through what was found: each asks for the next place, or the one before. */
  findAt: number;
  toggle(panel: PanelName): void;
  openPanel(panel: PanelName): void;
  stepFind(by: 1 | -1 | 'first'): void;
  setPlace(place: Position | null): void;
  open(dialog: DialogName): void;
  /** Shows what a flow file would change. */
  openFile(file: File): void;
  close(): void;
  /** Lets the person choose from a list by typing; null if they think better of it. */
  choose(choice: Choice): Promise<string | null>;
  /** The answer to `choose`. */
  answer(id: string | null): void;
}

/** What is open in the editor around the document. Nothing of it is part of the document, nor of undo. */
export type Workbench = StoreApi<WorkbenchState>;

export function createWorkbench(): Workbench {
  return createStore<WorkbenchState>((set, get) => ({
    panels: new Set(),
    dialog: null,
    file: null,
    choice: null,
    place: null,
    findAt: 0,
    openPanel: (panel) => set({ panels: new Set([...get().panels, panel]) }),
    stepFind: (by) => set({ findAt: by === 'first' ? 0 : get().findAt + by }),
    setPlace: (place) => set({ place }),
    toggle: (panel) => {
      const panels = new Set(get().panels);
      if (!panels.delete(panel)) {
        if (below.has(panel)) for (const other of below) panels.delete(other);
        panels.add(panel);
      }
      set({ panels });
    },
    open: (dialog) => set({ dialog }),
    openFile: (file) => set({ dialog: 'import', file }),
    close: () => set({ dialog: null, file: null }),
    choose: (choice) => {
      get().answer(null);
      return new Promise((resolve) => set({ choice: { choice, resolve } }));
    },
    answer: (id) => {
      const { choice } = get();
      set({ choice: null });
      choice?.resolve(id);
    },
  }));
}
