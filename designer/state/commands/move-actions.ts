import type { Position } from '../../../schemas/drawing.ts';
import type { SheetCommand } from './command.ts';

/** Puts actions elsewhere on the canvas. */
export function moveActions(positions: Readonly<Record<string, Position>>): SheetCommand {
  const count = Object.keys(positions).length;
  return {
    label: count === 1 ? 'Move action' : `Move ${count} actions`,
    apply: (before) => {
      const moved = Object.entries(positions).filter(([id, to]) => {
        const from = before.layout?.[id];
        return Object.hasOwn(before.actions, id) && (from?.x !== to.x || from?.y !== to.y);
      });
      return moved.length === 0 ? before : { ...before, layout: { ...before.layout, ...Object.fromEntries(moved) } };
    },
  };
}
