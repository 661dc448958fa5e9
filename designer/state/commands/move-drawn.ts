import type { Position } from '../../../schemas/drawing.ts';
import { allOf, type SheetCommand } from './command.ts';
import { moveActions } from './move-actions.ts';
import { moveStickyNotes } from './sticky-notes.ts';

interface Moves {
  actions: Readonly<Record<string, Position>>;
  notes: Readonly<Record<string, Position>>;
}

/** Puts actions and notes elsewhere on the canvas. `burst` joins the steps of an arrow key that is held down. */
export function moveDrawn({ actions, notes }: Moves, burst?: string): SheetCommand {
  const parts = [
    ...(Object.keys(actions).length > 0 ? [moveActions(actions)] : []),
    ...(Object.keys(notes).length > 0 ? [moveStickyNotes(notes)] : []),
  ];
  return allOf(
    parts.map(({ label }, index) => (index === 0 ? label : label.toLowerCase())).join(', '),
    parts,
    burst === undefined ? {} : { burst },
  );
}
