import type { Sheet } from '../../schemas/sheet.ts';
import { type Fragment, fragmentOf, pasteActions } from './commands/paste-actions.ts';
import { type EditorStore, openedSheet } from './editor-store.ts';
import { openDocument } from './open-document.ts';

/** What copied actions look like in the system's clipboard: text, so that they travel between flows, tabs and colleagues. */
const marker = 'sluice-actions';

/** Copies of copies come to lie beside each other, not on top. */
const step = { x: 32, y: 32 };

export function copySelection(store: EditorStore): string | null {
  const { selection, selectedNotes } = store.getState();
  if (selection.length + selectedNotes.length === 0) return null;
  return JSON.stringify({ [marker]: 1, ...fragmentOf(openedSheet(store.getState()), selection, selectedNotes) });
}

/** Pastes what `copySelection` made; null if the text is something else. */
export function pasteText(store: EditorStore, text: string): 'pasted' | null {
  const fragment = readFragment(text);
  if (fragment === null) return null;
  const sheet = openedSheet(store.getState());
  store.getState().run(pasteActions(sheet, fragment, awayFromOthers(sheet, fragment)));
  return 'pasted';
}

export function duplicateSelection(store: EditorStore): void {
  const { selection, selectedNotes, run } = store.getState();
  if (selection.length + selectedNotes.length === 0) return;
  const sheet = openedSheet(store.getState());
  const fragment = fragmentOf(sheet, selection, selectedNotes);
  run(pasteActions(sheet, fragment, awayFromOthers(sheet, fragment), 'Duplicate'));
}

function awayFromOthers(sheet: Sheet, fragment: Fragment) {
  const placesIn = ({ layout, notes }: Pick<Sheet, 'layout' | 'notes'>) => [
    ...Object.values(layout ?? {}),
    ...Object.values(notes ?? {}),
  ];
  const taken = new Set(placesIn(sheet).map(({ x, y }) => `${x},${y}`));
  const offset = { ...step };
  const lies = () => placesIn(fragment).some(({ x, y }) => taken.has(`${x + offset.x},${y + offset.y}`));
  while (lies()) {
    offset.x += step.x;
    offset.y += step.y;
  }
  return offset;
}

function readFragment(text: string): Fragment | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !(marker in value)) return null;
    // The same look at the skeleton that a whole document gets: what is pasted may have been written by anybody.
    const opened = openDocument({ id: 'clipboard', name: '', entry: '', fallback: {}, ...value });
    if (!('flow' in opened)) return null;
    const { actions, layout = {}, groups = {}, notes = {} } = opened.flow;
    return { actions, layout, groups, notes };
  } catch {
    // Any other text on the clipboard is not ours to paste.
    return null;
  }
}
