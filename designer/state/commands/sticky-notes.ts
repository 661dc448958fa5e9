import type { Note, Position } from '../../../schemas/drawing.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import type { SheetCommand } from './command.ts';
import { freeId } from './free-id.ts';

const freshSize = { width: 220, height: 120 };

/** Puts an empty sticky note on the canvas, its middle at `centre`. */
export function addStickyNote(sheet: Sheet, centre: Position): SheetCommand {
  const id = freeId(sheet.notes, 'note');
  const { width, height } = freshSize;
  const note: Note = {
    text: '',
    colour: 'yellow',
    x: Math.round(centre.x - width / 2),
    y: Math.round(centre.y - height / 2),
    width,
    height,
  };
  return {
    label: 'Add note',
    select: [],
    selectNotes: [id],
    apply: (before) => ({ ...before, notes: { ...before.notes, [id]: note } }),
  };
}

/** Changes some of a note. Letters typed one after the other are one step, and so are sizes while it is drawn larger. */
export function changeStickyNote(id: string, change: Partial<Note>): SheetCommand {
  return {
    label: 'text' in change ? 'Write note' : 'colour' in change ? 'Colour note' : 'Size note',
    burst: `sticky:${id}:${Object.keys(change).join()}`,
    apply: (before) => {
      const note = before.notes?.[id];
      if (note === undefined) return before;
      const changed = { ...note, ...change };
      return JSON.stringify(changed) === JSON.stringify(note)
        ? before
        : { ...before, notes: { ...before.notes, [id]: changed } };
    },
  };
}

export function moveStickyNotes(places: Readonly<Record<string, Position>>): SheetCommand {
  return {
    label: Object.keys(places).length === 1 ? 'Move note' : 'Move notes',
    apply: (before) => {
      const moved = Object.entries(places).flatMap(([id, { x, y }]): [string, Note][] => {
        const note = before.notes?.[id];
        return note === undefined || (note.x === x && note.y === y) ? [] : [[id, { ...note, x, y }]];
      });
      return moved.length === 0 ? before : { ...before, notes: { ...before.notes, ...Object.fromEntries(moved) } };
    },
  };
}

export function deleteStickyNotes(ids: readonly string[]): SheetCommand {
  return {
    label: ids.length === 1 ? 'Delete note' : `Delete ${ids.length} notes`,
    selectNotes: [],
    apply: (before) => {
      if (!ids.some((id) => before.notes !== undefined && Object.hasOwn(before.notes, id))) return before;
      const kept = Object.entries(before.notes ?? {}).filter(([id]) => !ids.includes(id));
      const { notes: _, ...rest } = before;
      // What was taken away is optional in every sheet.
      return (kept.length === 0 ? rest : { ...rest, notes: Object.fromEntries(kept) }) as typeof before;
    },
  };
}
